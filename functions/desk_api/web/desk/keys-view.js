/** The list of the keys that work on the desk. */

import "./call/call-words.js";
import { show } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { ALT, KEYS } from "./keys.js";
import { say } from "../kit/words.js";

export function showKeys() {
  const row = ({ name, text }) => h("div", {}, h("dt", {}, say(`keys.${name}`, { alt: ALT })), h("dd", {}, h("kbd", {}, text)));
  show(say("keys.title"), h("dl.keys", {}, KEYS.map(row)), { doors: true });
}
