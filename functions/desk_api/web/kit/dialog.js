/** Dialogs: one that asks before something happens, one that only shows. The focus goes back to where it was. */

import { h } from "./dom.js";
import { keepForInputMethod } from "./input-method.js";
import { say } from "./words.js";

let made = 0;

/**
 * A dialog with a form: `act(values, key, told)` runs on submit; the dialog closes when that succeeds, else it says
 * why. `key` stays the same while it is open: an answer that was lost is asked for again, and nothing is done twice.
 * Without `act` there is nothing to agree to. `told(sentence)` says something while it runs.
 */
export function ask(title, submit, fields, act, { lead, danger = false, cancel = say("dialog.cancel"), spec } = {}) {
  const problem = h("p.problem", { role: "alert" });
  const key = crypto.randomUUID();
  const go = act && h(`button.${danger ? "danger" : "primary"}`, { type: "submit" }, submit);
  const no = h("button", { type: "button", onclick: () => dialog.close() }, cancel);
  const form = h("form", { onsubmit }, lead && h("p", {}, lead), fields, problem, h("div.dialog-doors", {}, no, go));
  const dialog = show(title, form, { spec });
  const told = (sentence) => (problem.textContent = sentence);
  // Not at "change", which comes with the press on the button: that would move away under the pointer.
  form.addEventListener("input", () => told(""));

  async function onsubmit(event) {
    event.preventDefault();
    if (!act || go.disabled) return;
    go.disabled = true;
    told("");
    try {
      await act(Object.fromEntries(new FormData(form)), key, told);
      dialog.close();
    } catch (failure) {
      told(failure.sentence ?? failure.message);
    }
    go.disabled = false;
  }
  return dialog;
}

/** `content` under its title. `doors`: true adds a button that closes it. */
export function show(title, content, { spec = "dialog", doors = false } = {}) {
  const id = `dialog-${(made += 1)}`;
  const before = document.activeElement;
  const way = import("./kept-focus.js").then(({ goBack, wayTo }) => [goBack, wayTo(before)]).catch(() => [() => before?.focus()]);
  const close = doors && h("div.dialog-doors", {}, h("button", { type: "button", onclick: () => dialog.close() }, say("dialog.close")));
  const dialog = h(spec, { "aria-labelledby": id, onkeydown: keepForInputMethod }, h("h2", { id }, title), content, close);
  dialog.addEventListener("close", () => {
    const lost = !document.activeElement || document.activeElement === document.body || dialog.contains(document.activeElement);
    dialog.remove();
    if (lost) way.then(([goBack, from]) => goBack(from));
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
