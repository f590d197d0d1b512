/** Telephone numbers in what people write: a press on one calls it. */

import { h } from "../../kit/dom.js";
import { callsOn } from "../../kit/channels.js";
import { say } from "../../kit/words.js";
import "./call-words.js";

// A number with its country, a Korean one as people write it, or a mobile number without hyphens. Other digits are orders.
const NUMBER = /(?<![\d+-])(?:\+\d[\d -]{7,15}\d|0\d{1,2}-\d{3,4}-\d{4}|01[016-9]\d{7,8}|1[568]\d{2}-\d{4})(?![\d-])/g;

/** A text that was made ready for the page: {nodes and strings}, with its numbers as buttons. */
export const withNumbers = (parts, desk) => (desk.ownPhones === undefined || !callsOn() ? parts : parts.flatMap((part) => (typeof part === "string" ? cut(part) : [part])));

function cut(text) {
  const found = [];
  let done = 0;
  for (const { 0: number, index } of text.matchAll(NUMBER)) {
    found.push(text.slice(done, index), numberDoor(number));
    done = index + number.length;
  }
  return [...found, text.slice(done)].filter((part) => part !== "");
}

export function numberDoor(number, shown = number, spec = "button.plain.number") {
  const call = () => import("./acts.js").then(({ place }) => place(number, shown));
  return h(spec, { type: "button", title: say("place.call.of", { number: shown }), onclick: call }, shown);
}
