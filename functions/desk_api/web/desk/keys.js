/**
 * Keys that work anywhere on the desk but in a text field: there Alt with a letter writes a letter (macOS, AltGr)
 * and Alt with an arrow moves about. The physical key counts, so they work with the Korean input method on.
 */

import { desk } from "./desk-state.js";
import { inputMethodOwns } from "../kit/input-method.js";

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const ALT = mac ? "⌥" : "Alt";
const combination = (code, letter) => ({ code, aria: `Alt+${letter}`, text: mac ? `⌥${letter}` : `Alt ${letter}` });

export const ACCEPT = combination("KeyY", "Y");
export const DECLINE = combination("KeyN", "N");
export const REPLY = combination("KeyR", "R");
export const NOTE = combination("KeyM", "M");
export const HAND = combination("KeyT", "T");
export const DONE = combination("KeyW", "W");
export const STEP = { text: mac ? "⌥↓ ⌥↑" : "Alt ↓ Alt ↑" };

const ACTIONS = {
  [ACCEPT.code]: () => first((offer) => desk.offers.accept(offer)),
  [DECLINE.code]: () => first((offer) => desk.offers.decline(offer)),
  [REPLY.code]: () => desk.announce("write-reply"),
  [NOTE.code]: () => desk.announce("write-note"),
  [HAND.code]: () => desk.cases.isMine(desk.current) && desk.announce("hand-on"),
  [DONE.code]: () => desk.wrapping[0] && desk.handing.wrapped(desk.wrapping[0]),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
};

export function listenToKeys() {
  listenToFind();
  addEventListener("keydown", (event) => {
    if (asksForKeys(event)) return event.preventDefault(), showKeys();
    if (!alone(event) || writes(event.target) || opens(event) || document.querySelector("dialog[open]")) return;
    if (inputMethodOwns(event) || !ACTIONS[event.code] || !desk.agent) return;
    event.preventDefault();
    ACTIONS[event.code]();
  });
}

/** "?" lists the keys, wherever nothing is being written. */
const asksForKeys = (event) =>
  event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey && !inputMethodOwns(event) && desk.agent &&
  !writes(event.target) && !document.querySelector("dialog[open]");

export const showKeys = () => import("./keys-view.js").then((view) => view.showKeys());
/** Ctrl+K is the one key that is taken from the browser, and it works in a text field too. */
export const FIND = { aria: mac ? "Meta+K" : "Control+K", text: mac ? "⌘K" : "Ctrl K" };

function listenToFind() {
  addEventListener("keydown", (event) => {
    const { code, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (code !== "KeyK" || altKey || shiftKey || (mac ? !metaKey || ctrlKey : !ctrlKey || metaKey) || !desk.agent) return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) desk.announce("search");
  });
}

/** Alt and no other key with it: AltGr is Alt with Ctrl on some systems. */
const alone = (event) =>
  event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.getModifierState("AltGraph");

const writes = (node) =>
  node.isContentEditable || node.matches?.("textarea, input:not([type=radio], [type=checkbox], [type=button], [type=submit])");

/** Alt with an arrow opens a list of choices. */
const opens = ({ target, code }) => target.matches?.("select") && code.startsWith("Arrow");

/** As pressed from where the reader is now. */
export const reach = (key) => (writes(document.activeElement ?? document.body) ? `Esc, ${key.text}` : key.text);

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
