/** Words that a provider approved before: chosen by name and language, their places filled in, read before they go. */

import { h } from "../kit/dom.js";
import { say } from "../kit/words.js";
import { filled, problemOf } from "./templates.js";

export class TemplateView {
  #changed;
  #offered = [];
  #sign = "";
  #values = new Map(); // by template, what stands in its places
  #chosen = "";
  required = false;

  constructor(changed) {
    this.#changed = changed;
    this.select = h("select", { "aria-label": say("template.choose"), onchange: () => this.#choose(this.select.value) });
    this.fields = h("div.template-fields");
    this.preview = h("p.template-preview", { dir: "auto" });
    this.shown = h("div", { hidden: true }, h("h3", {}, say("template.preview")), this.preview);
    this.node = h("div.template", { hidden: true }, h("label.template-choice", {}, h("span", {}, say("template.use")), this.select), this.fields, this.shown);
  }

  /** Those of the way of this case, `language` first. `required`: nothing else may go out. */
  offer(place, templates, required, language) {
    const sign = JSON.stringify([place, templates, required]);
    this.node.hidden = !templates.length;
    if (sign === this.#sign) return;
    this.#sign = sign;
    this.required = required;
    this.#offered = templates.toSorted((a, b) => (b.language === language) - (a.language === language) || a.name.localeCompare(b.name));
    const option = (value, text) => h("option", { value }, text);
    this.select.replaceChildren(option("", say(required ? "template.pick" : "template.none")), ...this.#offered.map((one) => option(nameOf(one), `${one.name} · ${one.language}`)));
    this.#choose(this.#offered.some((one) => nameOf(one) === this.#chosen) ? this.#chosen : "");
  }

  clear() {
    this.#values.clear();
    this.#choose("");
  }

  get chosen() {
    return this.#offered.find((one) => nameOf(one) === this.#chosen) ?? null;
  }

  /** Whether a template goes out, and no words of the agent's own. */
  get on() {
    return this.required || Boolean(this.chosen);
  }

  get problem() {
    return this.chosen ? problemOf(this.chosen, this.#written, (name) => say("template.empty", { name })) : say("template.missing");
  }

  get use() {
    return { name: this.chosen.name, language: this.chosen.language, parameters: this.#written.map((value) => value.trim()) };
  }

  get text() {
    return filled(this.chosen, this.use.parameters);
  }

  get #written() {
    return this.#values.get(this.#chosen) ?? this.chosen?.parameters.map(() => "") ?? [];
  }

  #choose(name) {
    this.#chosen = name;
    this.select.value = name;
    this.fields.replaceChildren(...(this.chosen?.parameters ?? []).map((label, n) => this.#field(label, n)));
    this.#show();
  }

  #field(label, n) {
    const input = h("input", { type: "text", value: this.#written[n], maxlength: 500, oninput: () => {
      this.#values.set(this.#chosen, this.#written.with(n, input.value));
      this.#show();
    } });
    return h("label.field", {}, label, input);
  }

  #show() {
    this.shown.hidden = !this.chosen;
    if (this.chosen) this.preview.textContent = filled(this.chosen, this.#written.map((value, n) => value.trim() || `{${this.chosen.parameters[n]}}`));
    this.#changed();
  }
}

const nameOf = ({ name, language }) => `${language} ${name}`;
