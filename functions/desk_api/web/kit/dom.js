/** Making and keeping elements. Text is always set as text, so nobody's words become markup. */

const SVG = "http://www.w3.org/2000/svg";
const signs = new WeakMap();

/** h("button.primary", {onclick}, "Send", child): null, false and undefined children are left out. */
export function h(spec, props = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  return fill(document.createElement(tag), classes, props, children);
}

export function svg(spec, props = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  return fill(document.createElementNS(SVG, tag), classes, props, children);
}

function fill(node, classes, props, children) {
  node.classList.add(...classes);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

function set(node, name, value) {
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "value") node.value = value;
  else if (value === true) node.setAttribute(name, "");
  else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
}

/** A style sheet that the page needs from now on; asked for again, it is there already. */
export function style(address) {
  const href = new URL(address, location.href).href;
  if ([...document.styleSheets].some((one) => one.href === href) || document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(h("link", { rel: "stylesheet", href }));
}

/**
 * Make the children of `parent` be `items` ({key, sign, make}) and touch only what changed: a child whose
 * key and sign are as before stays the same node, so focus, selection and scroll position survive.
 */
export function reconcile(parent, items) {
  const before = new Map([...parent.children].map((node) => [signs.get(node)?.key, node]));
  // What goes, goes first: then no node that stays is moved, which would cost it focus, playing sound or a frame's content.
  const wanted = new Set(items.map(({ key }) => key));
  for (const [key, node] of before) if (!wanted.has(key)) node.remove();
  let place = parent.firstElementChild;
  for (const { key, sign, make } of items) {
    const known = before.get(key);
    const node = known && signs.get(known).sign === sign ? known : make();
    signs.set(node, { key, sign });
    if (known && node !== known) {
      if (place === known) place = node;
      exchange(known, node);
    }
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
}

const FOCUSED = "a[href], button, input, select, textarea, summary, [tabindex]";

/** What had the focus in the old node has it in the fresh one. */
function exchange(old, fresh) {
  const had = old.getRootNode().activeElement;
  const places = (node) => [node, ...node.querySelectorAll(FOCUSED)];
  const [inside, at] = [old.contains(had), places(old).indexOf(had)];
  old.replaceWith(fresh);
  if (!inside) return;
  const now = places(fresh);
  const same = now[at]?.tagName === had.tagName ? now[at] : now.find((one) => one.matches("button"));
  same?.focus({ preventScroll: true });
}
