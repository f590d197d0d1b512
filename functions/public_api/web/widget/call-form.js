/** The place in the queue above the messages, and the form that asks for a call instead of waiting. */

import { h } from "../../../desk_api/web/kit/dom.js";

const QUARTER = 15 * 60_000;

export class CallForm {
  #talk;
  #say;
  #language;
  #left;
  #shown = "";

  /** `left` is called when the form was closed. */
  constructor(talk, say, language, left) {
    [this.#talk, this.#say, this.#language, this.#left] = [talk, say, language, left];
    this.words = h("p", { role: "status" });
    this.ask = this.#button("call", () => this.show(!this.open));
    this.cancel = this.#button("nocall", () => this.#cancel());
    this.bar = h("div.place", { hidden: true }, this.words, this.ask, this.cancel);
    this.form = this.#build();
  }

  get open() {
    return !this.form.hidden;
  }

  render() {
    if (!this.#talk.begun) this.#talk.place.clear();
    const { state, words, offers } = this.#talk.place.told;
    this.bar.hidden = state === "none";
    if (this.words.textContent !== words) this.words.textContent = words;
    this.ask.hidden = !offers || state !== "waiting";
    this.cancel.hidden = state !== "callback" && state !== "later";
    if (this.open && this.ask.hidden) this.show(false);
    this.#fillDays();
  }

  show(open) {
    const changes = open === this.form.hidden;
    this.form.hidden = !open;
    this.ask.setAttribute("aria-expanded", String(open));
    if (open) this.#talk.place.askTimes();
    if (open) this.phone.focus();
    else if (changes) this.#left();
  }

  #button(word, onclick) {
    return h("button", { type: "button", onclick }, this.#say(word));
  }

  #build() {
    const say = this.#say;
    this.phone = h("input", { type: "tel", id: "callphone", autocomplete: "tel", required: true, placeholder: "010-0000-0000" });
    const way = (value, word, checked) =>
      h("label", {}, h("input", { type: "radio", name: "when", value, checked, onchange: () => this.#choose() }), say(word));
    this.day = h("select", { id: "callday", onchange: () => this.#fillTimes() });
    this.time = h("select", { id: "calltime" });
    this.none = h("p", { hidden: true }, say("notimes"));
    const named = (select, word) => h("div", {}, h("label", { for: select.id }, say(word)), select);
    this.moment = h("div.moment", { hidden: true }, named(this.day, "callday"), named(this.time, "calltime"));
    this.go = h("button.main", {}, say("callme"));
    return h("form.number", { hidden: true, onsubmit: (event) => this.#submit(event), "aria-label": say("call") },
      h("p", {}, say("callwhy")), h("label", { for: "callphone" }, say("callphone")), this.phone,
      h("fieldset.when", { "aria-label": say("callwhen") }, way("soon", "soon", true), way("at", "attime", false)),
      this.moment, this.none, this.#button("cancel", () => this.show(false)), this.go);
  }

  get #timed() {
    return this.form.querySelector("[name=when]:checked")?.value === "at";
  }

  #choose() {
    const some = this.day.options.length > 0;
    this.moment.hidden = !this.#timed || !some;
    this.none.hidden = !this.#timed || some;
    this.go.disabled = this.#timed && !some;
  }

  /** The quarters of an hour within the spans, by day, by the clock of the centre. */
  #fillDays() {
    const { times } = this.#talk.place;
    const told = JSON.stringify(times);
    if (!times || told === this.#shown) return;
    this.#shown = told;
    this.days = new Map();
    for (const at of quarters(times.spans)) {
      const day = this.#word(at, { month: "short", day: "numeric", weekday: "short" });
      this.days.set(day, [...(this.days.get(day) ?? []), at]);
    }
    this.day.replaceChildren(...[...this.days.keys()].map((day) => h("option", { value: day }, day)));
    this.#fillTimes();
    this.#choose();
  }

  #fillTimes() {
    const moments = this.days.get(this.day.value) ?? [];
    const option = (at) => h("option", { value: at.toISOString() }, this.#word(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
    this.time.replaceChildren(...moments.map(option));
  }

  #word(at, style) {
    return at.toLocaleString(this.#language, { ...style, timeZone: this.#talk.place.times.zone });
  }

  #submit(event) {
    event.preventDefault();
    const [phone, at] = [this.phone.value.trim(), this.#timed ? this.time.value : ""];
    const when = at && `${this.day.value} ${this.time.selectedOptions[0].textContent}`;
    this.#talk.say({ action: "callback", phone, at }, at ? this.#say("callingat", { phone, when }) : this.#say("calling", { phone }));
    this.show(false);
  }

  #cancel() {
    this.#talk.say({ action: "no_callback" }, this.#say("nocalling"));
    this.#left();
  }
}

function quarters(spans) {
  return spans.flatMap(([start, end]) => {
    const first = Math.ceil(Date.parse(start) / QUARTER) * QUARTER;
    const many = Math.max(0, Math.ceil((Date.parse(end) - first) / QUARTER));
    return Array.from({ length: many }, (_, n) => new Date(first + n * QUARTER));
  });
}
