/** The list of the keys that work on the desk. */

import { show } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { ACCEPT, ALT, DECLINE, DONE, FIND, HAND, NOTE, REPLY, STEP } from "./keys.js";
import { say } from "../kit/words.js";

export function showKeys() {
  const rows = [["find", FIND.text], ["accept", ACCEPT.text], ["decline", DECLINE.text], ["next", STEP.text], ["reply", REPLY.text], ["note", NOTE.text], ["hand", HAND.text], ["done", DONE.text], ["send", "Enter"], ["leave", "Esc"], ["list", "?"]];
  const list = h("dl.keys", {}, rows.map(([key, text]) => h("div", {}, h("dt", {}, say(`keys.${key}`, { alt: ALT })), h("dd", {}, h("kbd", {}, text)))));
  show(say("keys.title"), list, { doors: true });
}
