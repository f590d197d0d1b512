/** The few questions that need an answer before something happens. */

import { desk } from "./desk-state.js";
import { h } from "../kit/dom.js";
import { keepForInputMethod } from "../kit/input-method.js";
import { ACCEPT, ALT, DECLINE, DONE, HAND, NOTE, REPLY, STEP } from "./keys.js";
import { measured } from "./measured.js";
import { stamp } from "../kit/times.js";
import { currentLanguage, say } from "../kit/words.js";

/** A dialog with a form: `act(values, key)` runs on submit; it closes when that succeeds, else says why. `key` stays the
 *  same while the dialog is open: an answer that was lost is asked for again, and nothing is done twice. */
export function ask(title, submit, fields, act) {
  const problem = h("p.problem", { role: "alert" });
  const key = crypto.randomUUID();
  const go = h("button.primary", { type: "submit" }, submit);
  const cancel = h("button", { type: "button", onclick: () => dialog.close() }, say("dialog.cancel"));
  const form = h("form", { onsubmit }, h("h2", {}, title), fields, problem, h("div.dialog-doors", {}, cancel, go));
  const dialog = open(form, title);
  form.addEventListener("change", () => (problem.textContent = ""));

  async function onsubmit(event) {
    event.preventDefault();
    go.disabled = true;
    problem.textContent = "";
    try {
      await act(Object.fromEntries(new FormData(form)), key);
      dialog.close();
    } catch (failure) {
      problem.textContent = failure.sentence ?? failure.message;
    }
    go.disabled = false;
  }
}

function open(content, title) {
  const dialog = h("dialog", { "aria-label": title }, content);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", keepForInputMethod);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

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

export function showKeys() {
  const rows = [["accept", ACCEPT.text], ["decline", DECLINE.text], ["next", STEP.text], ["reply", REPLY.text], ["note", NOTE.text], ["hand", HAND.text], ["done", DONE.text], ["send", "Enter"], ["leave", "Esc"]];
  const list = h("dl.keys", {}, rows.map(([key, text]) => h("div", {}, h("dt", {}, say(`keys.${key}`, { alt: ALT })), h("dd", {}, h("kbd", {}, text)))));
  const close = h("button", { type: "button", onclick: () => dialog.close() }, say("desk.close"));
  const dialog = open(h("div", {}, h("h2", {}, say("keys.title")), list, h("div.dialog-doors", {}, close)), say("keys.title"));
}
