/** The card's form: what staff say of a customer. Only what was changed is sent, with the version it began from. */

import { call } from "../../kit/api.js";
import { h } from "../../kit/dom.js";
import { keepForInputMethod } from "../../kit/input-method.js";
import { say } from "../../kit/words.js";
import { desk } from "../desk-state.js";
import { changed, conflicts, rebased } from "./edits.js";
import { askWhich } from "./conflict.js";
import { read, written } from "./money.js";
import { labelOf } from "./profile-view.js";

/** `done()` is called when the form is over, whether something was saved or not. */
export function profileForm(card, done) {
  const { declared } = desk;
  const problem = h("p.problem", { role: "alert" });
  const go = h("button.primary", { type: "submit" }, say("profile.save"));
  const no = h("button", { type: "button", onclick: () => done() }, say("profile.cancel"));
  const start = card.profile;
  let seen = start;
  const form = h("form.profile-form", { "aria-label": say("profile.title"), onsubmit, onkeydown }, inputs(start, declared), problem,
    h("div.dialog-doors", {}, no, go));

  function onkeydown(event) {
    keepForInputMethod(event);
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    done();
  }

  async function onsubmit(event) {
    event.preventDefault();
    if (go.disabled) return;
    mark(form, {});
    problem.textContent = "";
    const value = read(form.elements.value.value, declared.currency);
    if (value === null) return refuse({ value: say("profile.amount") });
    go.disabled = true;
    await save(changed(start, { ...told(form, declared), value })).catch(failed);
    go.disabled = false;

    async function failed(failure) {
      if (failure.code === "wrong_profile") return refuse(failure.fields);
      if (failure.code === "profile_changed") return other(failure.fields.profile, changed(start, { ...told(form, declared), value }));
      problem.textContent = failure.sentence ?? failure.message;
    }

    /** What only one of both changed is kept without a question; the rest is asked for. */
    function other(theirs, mine) {
      const disputed = conflicts(seen, theirs, mine);
      const again = (edit) => ((seen = theirs), save(rebased(theirs, edit)).catch(failed));
      return disputed.length ? askWhich(disputed, theirs, mine, again) : again(mine);
    }
  }

  async function save(edit) {
    const some = Object.keys(edit).length > 0;
    if (some) await call("PUT", `/customers/${card.customer_id}/profile`, { version: seen.version, ...edit });
    await desk.talks.loadCard(card.customer_id);
    done();
    desk.tell(say(some ? "profile.saved" : "profile.same"), "good");
    desk.refresh().catch(() => {});
  }

  function refuse(fields) {
    mark(form, fields);
    problem.textContent = say("profile.wrong");
    form.querySelector("[aria-invalid]")?.focus();
  }

  return form;
}

function inputs(profile, { languages, tags, fields, currency }) {
  const line = (name, label, control) => h("label.field", { "data-part": name }, h("span", {}, label), control, h("span.problem"));
  const text = (name, label, value) => line(name, label, h("input", { name, value, autocomplete: "off", maxlength: 120 }));
  const spoken = [{ value: "", text: say("profile.language.open") }, ...languages.map((value) => ({ value, text: say(`language.${value}`) }))];
  return [
    text("name", say("profile.name"), profile.name), text("company", say("profile.company"), profile.company),
    line("language", say("profile.language"), choice("language", spoken, profile.language)),
    tags.length > 0 && h("fieldset.field", { "data-part": "tags" }, h("legend", {}, say("profile.tags")), h("div.tag-choices", {}, tags.map((one) => tagBox(one, profile.tags))), h("span.problem")),
    line("value", say("profile.value", { currency }), h("input", { name: "value", inputmode: "decimal", autocomplete: "off", value: written(profile.value, currency) })),
    fields.map((one) => line(`field.${one.code}`, labelOf(one), own(one, profile.fields[one.code] ?? ""))),
    line("pinned", say("profile.pinned"), h("textarea", { name: "pinned", rows: 3, maxlength: 1000, value: profile.pinned?.text ?? "" })),
  ].flat();
}

const choice = (name, options, chosen) =>
  h("select", { name }, options.map(({ value, text }) => h("option", { value, selected: value === chosen }, text)));

const tagBox = (one, chosen) =>
  h("label.tag-choice", {}, h("input", { type: "checkbox", name: "tags", value: one.code, checked: chosen.includes(one.code) }), h("span", {}, labelOf(one)));

function own(field, value) {
  const name = `field.${field.code}`;
  if (field.kind === "choice") {
    // A choice that the settings have no more stays to be seen.
    const all = value && !field.choices.includes(value) ? [...field.choices, value] : field.choices;
    return choice(name, [{ value: "", text: say("profile.choose") }, ...all.map((one) => ({ value: one, text: one }))], value);
  }
  const kinds = { number: { inputmode: "decimal" }, date: { type: "date" }, text: { maxlength: 120 } };
  return h("input", { name, value, autocomplete: "off", ...kinds[field.kind] });
}

/** All that the form says, save the value, which is read apart. */
function told(form, { tags, fields }) {
  const data = new FormData(form);
  const text = (name) => String(data.get(name) ?? "").trim();
  const own = Object.fromEntries(fields.map(({ code }) => [code, text(`field.${code}`)]));
  const known = new Set(tags.map((one) => one.code));
  return { name: text("name"), company: text("company"), language: text("language"), pinned: text("pinned"), tags: data.getAll("tags").filter((one) => known.has(one)), fields: own };
}

function mark(form, fields) {
  for (const place of form.querySelectorAll("[data-part]")) {
    const sentence = fields[place.dataset.part] ?? "";
    place.querySelector(".problem").textContent = sentence;
    const control = place.querySelector("input, select, textarea");
    if (sentence) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  }
}
