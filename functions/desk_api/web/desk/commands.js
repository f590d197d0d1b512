/** What the search offers to do besides finding: {key, text, note, run}. Other parts of the desk add their own. */

import { desk } from "./desk-state.js";
import { closeCase } from "./dialogs.js";
import { DONE, HAND, myPhone, NOTE, REPLY, STEP } from "./keys.js";
import { callsOn } from "../kit/channels.js";
import { showKeys } from "./keys-view.js";
import { choose, currentLanguage, say } from "../kit/words.js";

const PRESENCES = ["available", "break", "meal", "training", "offline"];

function next() {
  const items = desk.cases.ordered;
  const at = items.findIndex((item) => item.case_id === desk.selected);
  desk.select(items[(at + 1) % items.length].case_id);
}

function otherLanguage() {
  choose(currentLanguage() === "ko" ? "en" : "ko");
  document.querySelector("pb-top").relabel();
}

/** Functions that answer commands; each is asked anew whenever the search is. */
export const commands = [
  () => PRESENCES.filter((state) => state !== desk.presence).map((state) =>
    ({ key: `presence ${state}`, text: say("command.presence", { state: say(`presence.${state}`) }), run: () => desk.setPresence(state) })),
  () => (desk.cases.ordered.length > 1 ? [{ key: "next", text: say("command.next"), note: STEP.text, run: next }] : []),
  () => (desk.cases.isMine(desk.current) ? ofTheCase(desk.current) : []),
  () => desk.wrapping.slice(0, 1).map((wrap) => ({ key: "wrapped", text: say("command.wrapped"), note: DONE.text, run: () => desk.handing.wrapped(wrap) })),
  () => [
    ...(callsOn() ? [{ key: "phone", text: say("mine.menu"), run: myPhone }] : []),
    { key: "keys", text: say("command.keys"), run: showKeys },
    { key: "language", text: say("command.language"), run: otherLanguage },
  ],
];

const ofTheCase = (item) => [
  { key: "reply", text: say("command.reply"), note: REPLY.text, run: () => desk.announce("write-reply") },
  { key: "note", text: say("command.note"), note: NOTE.text, run: () => desk.announce("write-note") },
  { key: "close", text: say("command.close"), run: () => closeCase(item) },
  { key: "hand", text: say("command.hand"), note: HAND.text, run: () => desk.announce("hand-on") },
];

/** Commands of which each typed word begins a word; all of them while nothing is typed. */
export function commandsFor(text) {
  const typed = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ text: name }) => typed.every((word) => name.toLowerCase().split(/[\s:]+/).some((one) => one.startsWith(word)));
  return commands.flatMap((some) => some()).filter(fits);
}
