/** A button that opens a list of things to do. Arrows, Home, End, letters, Enter and Escape work in it. */

import { h } from "./dom.js";
import { floatBeside } from "./floating.js";
import { icon } from "./icons.js";
import { inputMethodOwns } from "./input-method.js";

const FORGET_LETTERS = 700; // milliseconds
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * `items()` gives {text, icon, act, disabled, why, key} as they are when it opens. One that is disabled stays in
 * reach, so that its reason (`why`) can be read; `key` is the shortcut that does the same.
 */
export function menu(button, items) {
  const list = h("div.popup", { role: "menu", popover: "auto", "aria-label": button.getAttribute("aria-label") ?? button.textContent.trim() });
  let letters = "";
  let typedAt = 0;
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  list.addEventListener("toggle", ({ newState }) => {
    button.setAttribute("aria-expanded", String(newState === "open"));
    if (newState !== "open") list.remove();
  });
  list.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !list.contains(relatedTarget) && close(false));
  list.addEventListener("keydown", onkeydown);
  // A press beside the menu closes it before the click comes: on its own button that click is not to open it again.
  let openAtPress = false;
  button.addEventListener("pointerdown", () => (openAtPress = list.matches(":popover-open")));
  button.addEventListener("click", ({ detail }) => {
    const closes = detail ? openAtPress : list.matches(":popover-open");
    openAtPress = false;
    closes ? close() : open();
  });
  button.addEventListener("keydown", (event) => {
    if (!(event.key in STEPS) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(event.key === "ArrowUp" ? -1 : 0);
  });

  function open(at = 0) {
    list.replaceChildren(...items().map((one) => item(one, close)));
    floatBeside(list, button);
    list.children[(at + list.children.length) % list.children.length]?.focus();
  }

  function close(back = true) {
    if (list.matches(":popover-open")) list.hidePopover();
    if (back) button.focus();
  }

  function onkeydown(event) {
    if (inputMethodOwns(event)) return;
    const nodes = [...list.children];
    const at = nodes.indexOf(document.activeElement);
    const to = event.key in STEPS ? (at + STEPS[event.key] + nodes.length) % nodes.length : { Home: 0, End: nodes.length - 1 }[event.key] ?? -1;
    if (event.key === "Escape") close();
    else if (event.key === "Tab") return close();
    else if (to >= 0) nodes[to].focus();
    else if (!letter(event)) return;
    else typed(nodes, at, event.key);
    event.preventDefault();
    event.stopPropagation();
  }

  function typed(nodes, at, key) {
    const now = Date.now();
    letters = (now - typedAt < FORGET_LETTERS ? letters : "") + key.toLowerCase();
    typedAt = now;
    const from = letters.length > 1 ? at : at + 1;
    const order = nodes.map((_, n) => nodes[(from + n) % nodes.length]);
    order.find((node) => node.textContent.trim().toLowerCase().startsWith(letters))?.focus();
  }
  return { open, close };
}

const letter = ({ key, ctrlKey, metaKey, altKey }) => key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;

function item({ text, icon: name, act, disabled, why, key }, close) {
  const run = () => (disabled ? null : (close(), act()));
  return h("button.popup-item", { type: "button", role: "menuitem", tabindex: "-1", onclick: run, "aria-disabled": disabled ? "true" : null },
    name && icon(name), h("span", {}, text, disabled && why && h("span.popup-why", {}, why)), key && h("kbd", { "aria-hidden": "true" }, key));
}
