/** A sentence beside something, while it is pointed at or has the focus. Escape hides it; the pointer may move onto it. */

import { h } from "./dom.js";
import { floatBeside } from "./floating.js";

const LINGER = 150; // milliseconds in which the pointer may cross the gap
const tip = h("div.tooltip", { id: "tooltip", role: "tooltip", popover: "manual" });
let shownAt = null;
let pointed = false;
let leaving = 0;

/** `text()` is asked each time; "" shows nothing. A node that cannot have the focus gets a place in its order. */
export function explained(node, text) {
  const show = (event) => showAt(node, text(), event.type === "pointerenter");
  if (node.tabIndex < 0) node.tabIndex = 0;
  node.addEventListener("pointerenter", show);
  node.addEventListener("focus", (event) => node.matches(":focus-visible") && show(event));
  node.addEventListener("pointerleave", hideSoon);
  node.addEventListener("blur", hide);
  return node;
}

function showAt(node, sentence, byPointer) {
  hide();
  if (!sentence || !node.isConnected) return;
  pointed = byPointer;
  tip.textContent = sentence;
  shownAt = node;
  node.setAttribute("aria-describedby", tip.id);
  floatBeside(tip, node, 6);
}

function hide() {
  clearTimeout(leaving);
  shownAt?.removeAttribute("aria-describedby");
  shownAt = null;
  if (tip.matches(":popover-open")) tip.hidePopover();
}

function hideSoon() {
  clearTimeout(leaving);
  leaving = setTimeout(hide, LINGER);
}

tip.addEventListener("pointerenter", () => clearTimeout(leaving));
tip.addEventListener("pointerleave", hideSoon);
// What was pointed at may have been drawn anew, or moved away: then nothing says that the pointer left it.
addEventListener("pointermove", ({ target }) => {
  if (shownAt && (pointed || !shownAt.isConnected) && !shownAt.contains(target) && !tip.contains(target)) hideSoon();
});
// What has the focus is not covered by the words of something else, which may have been drawn anew without a blur.
addEventListener("focusin", ({ target }) => shownAt && target !== shownAt && hide());
// Before a dialog around it hears of the key: what lies on top goes first.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !shownAt) return;
  event.preventDefault();
  event.stopPropagation();
  hide();
}, true);
