/** The few questions that need an answer before something happens. */

import { desk } from "./desk-state.js";
import { ask } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { measured } from "./measured.js";
import { stamp } from "../kit/times.js";
import { currentLanguage, say } from "../kit/words.js";

export function closeCase(item) {
  const options = desk.dispositions.map(({ code, ...names }) =>
    h("label.choice", {}, h("input", { type: "radio", name: "disposition", value: code }), h("span", {}, names[`label_${currentLanguage()}`])));
  const count = h("span.quiet.small", { "aria-live": "polite" });
  const measure = ({ target }) => (count.textContent = measured(target.value, desk.noteTraits).count);
  const fields = [
    h("fieldset", {}, h("legend", {}, say("close.lead")), h("div.choices", {}, options)),
    h("label.field", {}, h("span", {}, say("close.note")), h("textarea", { name: "note", rows: 2, oninput: measure }), count),
    h("p.quiet.small", {}, say("close.survey")),
  ];
  ask(say("close.title", { number: item.number }), say("close.submit"), fields, ({ disposition, note }, key) => {
    if (!disposition) throw new Error(say("close.choose"));
    const { problem } = measured(note, desk.noteTraits);
    if (problem) throw new Error(problem);
    return desk.close(item, disposition, note.trim() || undefined, key);
  });
}

export function askForCode(item) {
  const phone = h("input", { name: "phone", type: "tel", autocomplete: "off", inputmode: "tel", required: true, placeholder: "010-0000-0000" });
  const fields = [h("p.quiet", {}, say("code.lead")), h("label.field", {}, h("span", {}, say("code.phone")), phone)];
  ask(say("code.title"), say("code.submit"), fields, async (values, key) => {
    const { address, until } = await desk.askCode(item, values.phone.trim(), key);
    desk.tell(say("code.done", { address: address?.display ?? address?.value ?? address, time: stamp(until) }), "good");
  });
}
