/** One section of the page: a list of things that open into their forms, with a filter where there are many. */

import { h } from "../kit/dom.js";
import { say } from "../kit/words.js";
import { settings } from "./admin-state.js";

const MOST = 100; // shown at once; a filter finds the others
const MANY = 12;

export class Items {
  #filter = "";
  #open = new Set();

  constructor(section) {
    this.section = section;
    this.list = h("ol.items");
    this.count = h("p.quiet.small", { role: "status" });
    const search = h("input", { type: "search", "aria-label": say("admin.filter"), placeholder: say("admin.filter"), oninput: ({ target }) => ((this.#filter = target.value.trim().toLowerCase()), this.show()) });
    this.search = h("div.filter", {}, search);
    const add = h("button", { type: "button", onclick: () => this.#add() }, say("admin.add"));
    add.hidden = settings.reading;
    this.node = h("section.part", { id: section.key, "data-path": section.key, "aria-labelledby": `h-${section.key}` },
      h("div.section-head", {}, h("h2", { id: `h-${section.key}` }, say(`part.${section.key}`)), add), h("p.quiet.small", {}, say(`about.${section.key}`)),
      h("p.problem"), this.search, this.list, this.count);
    this.show();
  }

  get things() {
    return this.section.items(settings.draft);
  }

  show() {
    const { title, note } = this.section;
    const fits = (one) => !this.#filter || `${title(one)} ${note(one) ?? ""}`.toLowerCase().includes(this.#filter);
    const all = this.things.map((one, place) => ({ one, place })).filter(({ one }) => fits(one));
    this.search.hidden = this.things.length < MANY;
    this.list.replaceChildren(...all.slice(0, MOST).map(({ one, place }) => this.#item(one, place)));
    this.count.textContent = this.things.length ? (all.length > MOST ? say("admin.shown", { n: MOST, all: all.length }) : "") : say(`none.${this.section.key}`);
  }

  /** Open the thing at a place, so that what is wrong with it can be seen. */
  open(place) {
    const one = this.things[place];
    if (!one) return;
    if (!this.list.querySelector(`[data-place="${place}"]`)) {
      this.#filter = this.search.firstChild.value = this.section.title(one).toLowerCase();
      this.show();
    }
    const details = this.list.querySelector(`[data-place="${place}"] > details`);
    if (details && !details.open) this.#fill(details, one, place);
    if (details) details.open = true;
  }

  #item(one, place) {
    const path = `${this.section.key}.${place}`;
    const details = h("details", { open: this.#open.has(one) }, h("summary", {}, h("b", {}, this.section.title(one) || say("admin.unnamed")), h("span.quiet", {}, this.section.note(one) ?? "")));
    details.addEventListener("toggle", () => this.#toggled(details, one, place));
    if (this.#open.has(one)) this.#fill(details, one, place);
    return h("li", { "data-path": path, "data-place": place }, details, h("p.problem"));
  }

  /** Forms show what can be chosen now; the one that is written in stays as it is. */
  refresh() {
    if (!this.node.contains(document.activeElement)) this.show();
  }

  #toggled(details, one, place) {
    if (!details.open) return this.#open.delete(one);
    if (!this.#open.has(one) || !details.querySelector(".fields")) this.#fill(details, one, place);
  }

  #fill(details, one, place) {
    this.#open.add(one);
    details.querySelector(".form")?.remove();
    const [heading, note] = details.querySelector("summary").children;
    const retitle = (name) => (heading.textContent = name || say("admin.unnamed"));
    const renamed = (before, after) => settings.rename(this.section.key, one, before, after);
    const form = h("fieldset.form", { disabled: settings.reading, oninput: () => this.#told(heading, note, one), onchange: () => this.#told(heading, note, one) },
      h("div.fields", {}, this.section.form(one, `${this.section.key}.${place}`, retitle, renamed)), settings.reading ? null : this.#moves(one, place));
    details.append(form);
  }

  #told(heading, note, one) {
    heading.textContent = this.section.title(one) || say("admin.unnamed");
    note.textContent = this.section.note(one) ?? "";
  }

  #moves(one, place) {
    const move = (by) => () => {
      this.things.splice(place + by, 0, ...this.things.splice(place, 1));
      this.#again(place + by);
    };
    const button = (key, disabled, onclick) => h("button", { type: "button", disabled, onclick }, say(key));
    return h("div.doors", {}, button("admin.up", place === 0, move(-1)), button("admin.down", place === this.things.length - 1, move(1)),
      h("button.danger", { type: "button", onclick: () => (this.things.splice(place, 1), this.#again(Math.min(place, this.things.length - 1))) }, say("admin.delete")));
  }

  #again(place) {
    this.show();
    (this.list.querySelector(`[data-place="${place}"] summary`) ?? this.node.querySelector("button")).focus();
  }

  #add() {
    const one = this.section.fresh();
    this.things.push(one);
    this.#filter = this.search.firstChild.value = "";
    this.#open.add(one);
    this.show();
    this.open(this.things.length - 1);
    const item = this.list.querySelector(`[data-place="${this.things.length - 1}"]`);
    item?.querySelector("input, select, textarea, button")?.focus();
  }
}
