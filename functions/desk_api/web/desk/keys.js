/**
 * Keys that work anywhere on the desk but in a text field: there Alt with a letter writes a letter (macOS, AltGr)
 * and Alt with an arrow moves about. The physical key counts, so they work with the Korean input method on.
 */

import { desk } from "./desk-state.js";
import { FIND, mac, onFind } from "../kit/find-key.js";
import { inputMethodOwns } from "../kit/input-method.js";

export const ALT = mac ? "⌥" : "Alt";
const combination = (name, letter, act) =>
  ({ name, codes: { [`Key${letter}`]: act }, aria: `Alt+${letter}`, text: mac ? `⌥${letter}` : `Alt ${letter}` });

export const ACCEPT = combination("accept", "Y", () => (desk.offers.live.length ? first((offer) => desk.offers.accept(offer)) : desk.telephone?.answer()));
export const DECLINE = combination("decline", "N", () => first((offer) => desk.offers.decline(offer)));
export const STEP = { name: "next", codes: { ArrowDown: () => step(1), ArrowUp: () => step(-1) }, text: mac ? "⌥↓ ⌥↑" : "Alt ↓ Alt ↑" };
export const REPLY = combination("reply", "R", () => desk.announce("write-reply"));
export const NOTE = combination("note", "M", () => desk.announce("write-note"));
/** G as in "give": Alt with F, E, V, S, B, T or H opens a menu of Firefox, and Alt with D is the address. */
export const HAND = combination("hand", "G", () => desk.cases.isMine(desk.current) && desk.announce("hand-on"));
export const DONE = combination("done", "W", () => desk.wrapping[0] && desk.handing.wrapped(desk.wrapping[0]));

/** A call is worked with by parts that are loaded with it. */
const onCall = (name, letter, key) => combination(name, letter, () => desk.current && import("./call/acts.js").then(({ press }) => press(key)));
export const HOLD = onCall("hold", "K", "hold");
export const RECORDING = onCall("recording", "P", "recording");
export const ADD = onCall("add", "A", "add");
export const DROP = onCall("drop", "L", "drop");
export const HANG_UP = onCall("hang_up", "X", "hang_up");
export const MUTE = combination("mute", "U", () => desk.telephone?.mute(!desk.telephone.muted));

/** Every key of the desk, in the order of the list that "?" shows: those with codes work anywhere, others where one writes. */
export const KEYS = [
  FIND, ACCEPT, DECLINE, STEP, REPLY, NOTE, HAND, DONE, HOLD, RECORDING, ADD, DROP, HANG_UP, MUTE,
  { name: "send", text: "Enter" }, { name: "line", text: "Shift Enter" }, { name: "saved", text: "/" }, { name: "call", text: "@" },
  { name: "emoji", text: ":" }, { name: "leave", text: "Esc" }, { name: "list", text: "?" },
];
const ACTIONS = Object.assign({}, ...KEYS.map(({ codes }) => codes));

export function listenToKeys() {
  onFind(() => desk.agent, () => desk.announce("search"));
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

export const myPhone = () => import("./call/phone-view.js").then((view) => view.myPhone());

export const showKeys = () => import("./keys-view.js").then((view) => view.showKeys());

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
