/** Below what is being written: the button that attaches files, and the files that go along. */

import { desk } from "./desk-state.js";
import { sizeOf } from "./file-view.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { say } from "../kit/words.js";

/** `place()` gives the case and the channel of the reply. */
export function attaching(place) {
  const input = h("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", onchange: () => {
    const { caseId, channel } = place();
    desk.writing.attached.add(caseId, channel, [...input.files]);
    input.value = "";
  } });
  const button = h("button.plain.attach", { type: "button", onclick: () => input.click(), "aria-label": say("file.attach"), title: say("file.attach") }, icon("clip"));
  return { button, input };
}

export const chips = (caseId) => desk.writing.attached.of(caseId).map((one) => chip(caseId, one));

function chip(caseId, one) {
  const remove = h("button.plain", { type: "button", "aria-label": say("file.remove", { name: one.name }), onclick: () => desk.writing.attached.remove(caseId, one) }, "×");
  const state = { sending: say("file.sending"), there: one.size ? sizeOf(one.size) : "", refused: one.reason }[one.state];
  return h(`li.chip.${one.state}`, {}, icon(one.state === "refused" ? "warn" : "file"), h("bdi", {}, one.name), h("span.quiet", {}, state), remove);
}
