/**
 * The focus is never lost. Where what had it is drawn anew, goes away, is hidden or cannot be pressed for a while, what
 * stands in its place gets it; where nothing does, the part of the page around it. Loaded with the first key.
 */

const PARTS = "dialog, section, nav, main, [role=region], [role=banner], [tabindex]";
const ROWS = "ul, ol, tbody";

let last = [];
let waiting = null; // what cannot be pressed now, and had the focus

/** Where a node stands: itself and all that is around it, each with its place among its neighbours. */
export function wayTo(node) {
  const way = [];
  for (let one = node; one && one !== document.body && one.parentElement; one = one.parentElement) {
    way.push({ node: one, tag: one.tagName, at: [...one.parentElement.children].indexOf(one) });
  }
  return way;
}

/** Gives the focus to the first node of the way, or to what stands for it now. */
export function goBack(way) {
  const first = way[0]?.node;
  if (takes(first)) return;
  const around = way.findIndex(({ node }, n) => n > 0 && node.isConnected && seen(node));
  const now = around > 0 ? again(way, around) : null;
  if (takes(now) || takes(now?.closest("details")?.querySelector("summary"))) return;
  const part = way.slice(1).map(({ node }) => node).find((node) => node.isConnected && node.matches(PARTS) && seen(node));
  // What lies outside of an open dialog is dead.
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  stand(dialog && !dialog.contains(part) ? dialog : (part ?? whole()));
}

/** The same place in what was drawn anew; in a list whose row has gone, the row that is there now. */
function again(way, around) {
  let { node } = way[around];
  for (const { tag, at } of way.slice(0, around).reverse()) {
    const rows = node.children;
    node = rows[node.matches(ROWS) ? Math.min(at, rows.length - 1) : at];
    if (node?.tagName !== tag) return null;
  }
  return node;
}

const seen = (node) => node.checkVisibility({ visibilityProperty: true });

function takes(node) {
  if (!node?.isConnected || !seen(node)) return false;
  node.focus();
  return document.activeElement === node;
}

/** A part has the focus for as long as it is needed there. */
function stand(part) {
  if (!part.hasAttribute("tabindex")) {
    part.tabIndex = -1;
    part.addEventListener("blur", () => part.removeAttribute("tabindex"), { once: true });
  }
  part.focus();
}

const whole = () =>
  [...document.querySelectorAll(`.pane-${document.body.dataset.pane}, main`)].find(seen) ?? document.querySelector("#app");

const gone = (node) => !node.isConnected || node.matches(":disabled") || !seen(node);

/** Whoever presses beside everything has lost nothing: what had the focus is still there. */
function look() {
  if (waiting && !waiting.matches(":disabled") && document.activeElement === last[0]?.node) takes(waiting);
  const { activeElement: one } = document;
  const lost = !one || one === document.body || gone(one);
  const { node } = last[0] ?? {};
  if (!lost || !node || !gone(node)) return;
  const way = last;
  goBack(way);
  waiting = node.isConnected && node.matches(":disabled") ? node : null;
}

function remember({ target }) {
  last = wayTo(target);
  if (waiting && target !== document.activeElement) waiting = null;
}

const touches = ({ type, target }) => type === "attributes" && (target === waiting || target.contains(last[0]?.node));

/** What goes away tells of it in no event; what is hidden does, once the page is drawn. */
export function keepFocus() {
  last = wayTo(document.activeElement ?? document.body);
  addEventListener("focusin", remember);
  addEventListener("focusout", ({ relatedTarget }) => relatedTarget || setTimeout(look));
  new MutationObserver((records) => (document.activeElement === document.body || records.some(touches)) && look())
    .observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "disabled"] });
}
