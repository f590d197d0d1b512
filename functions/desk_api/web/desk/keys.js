/** Keys that work anywhere on the desk. All take Alt, so none is pressed while writing; the physical key counts,
 * so they work with the Korean input method on. */

import { desk } from "./desk-state.js";
import { inputMethodOwns } from "../kit/input-method.js";

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const combination = (code, letter) => ({ code, aria: `Alt+${letter}`, text: mac ? `⌥${letter}` : `Alt ${letter}` });

export const ACCEPT = combination("KeyY", "Y");
export const DECLINE = combination("KeyN", "N");
export const REPLY = combination("KeyR", "R");
export const NOTE = combination("KeyM", "M");
export const STEP = { text: mac ? "⌥↓ ⌥↑" : "Alt ↓ Alt ↑" };

const ACTIONS = {
  [ACCEPT.code]: () => first((offer) => desk.offers.accept(offer)),
  [DECLINE.code]: () => first((offer) => desk.offers.decline(offer)),
  [REPLY.code]: () => desk.announce("write-reply"),
  [NOTE.code]: () => desk.announce("write-note"),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
};

export function listenToKeys() {
  addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !document.querySelector("dialog[open]");
    if (!event.altKey || !plain || inputMethodOwns(event) || !ACTIONS[event.code] || !desk.agent) return;
    event.preventDefault();
    ACTIONS[event.code]();
  });
}

function first(action) {
  const [offer] = desk.offers.live;
  if (offer) action(offer);
}

function step(by) {
  const items = desk.cases.ordered;
  if (!items.length) return;
  const at = items.findIndex((item) => item.case_id === desk.selected);
  desk.select(items[(at + by + items.length) % items.length].case_id);
}
