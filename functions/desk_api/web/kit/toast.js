/** A sentence that comes and goes in a corner, with at most one thing to do about it. It takes no focus and covers no work. */

import { h } from "./dom.js";
import { say } from "./words.js";

const SECONDS = 6;
const MOST = 3;
const region = h("div.toasts", { role: "status", "aria-live": "polite", popover: "manual" });

/**
 * `tone`: good, warn or bad. `act`: {text, run}. It goes by itself after `seconds` (0: it stays until it is closed), but
 * not while it is pointed at or has the focus: who reads slowly, reads it. Answers a function that takes it away.
 */
export function toast(sentence, { tone = "good", act, seconds = tone === "bad" ? 0 : SECONDS } = {}) {
  const door = act && h("button.plain", { type: "button", onclick: () => (gone(), act.run()) }, act.text);
  const close = h("button.plain.toast-close", { type: "button", "aria-label": say("dialog.close"), onclick: gone }, "×");
  const node = h(`div.toast.${tone}`, {}, h("span", {}, sentence), door, close);
  let timer = 0;
  const wait = () => seconds && (timer = setTimeout(() => (node.matches(":hover, :focus-within") ? wait() : gone()), seconds * 1000));

  function gone() {
    clearTimeout(timer);
    node.remove();
    if (!region.children.length && region.matches(":popover-open")) region.hidePopover();
  }

  if (!region.isConnected) document.body.append(region);
  // Shown anew it lies above whatever else has come to the top since.
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
  while (region.children.length >= MOST) region.firstChild.remove();
  region.append(node);
  wait();
  return gone;
}
