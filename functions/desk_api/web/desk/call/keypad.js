/** Keys that are pressed while one talks in the browser: the menus of other centres ask for them. */

import { ask } from "../../kit/dialog.js";
import { h } from "../../kit/dom.js";
import { say } from "../../kit/words.js";

const KEYS = /^[\d*#w]{1,32}$/;

export function keypad(telephone) {
  const keys = h("input", { name: "keys", inputmode: "tel", autocomplete: "off", maxlength: 32, required: true, pattern: "[0-9*#w]+" });
  ask(say("line.keys"), say("line.keys.send"), h("label.field", {}, h("span", {}, say("line.keys")), keys), ({ keys: typed }) => {
    if (KEYS.test(typed.trim())) telephone.keys(typed.trim());
  });
}
