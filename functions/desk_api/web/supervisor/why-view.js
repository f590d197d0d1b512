/**
 * Why a contact was offered to whom, or why it waits. Whoever shows contacts asks it: dispatch a "why" event on
 * the document with {contact, customer}. People ask by a case's number or a customer's address.
 */

import { get } from "../kit/api.js";
import { channelWord } from "../kit/channels.js";
import { h } from "../kit/dom.js";
import { clock, duration } from "../kit/times.js";
import { say } from "../kit/words.js";
import { supervisor } from "./supervisor-state.js";

class WhyView extends HTMLElement {
  connectedCallback() {
    this.field = h("input", { name: "contact", required: true, autocomplete: "off", "aria-label": say("chose.field"), placeholder: say("chose.field") });
    this.list = h("div.why-list", { role: "status" });
    const ask = (event) => (event.preventDefault(), this.ask({ contact: this.field.value.trim() }));
    this.replaceChildren(
      h("div.section-head", {}, h("h2", {}, say("chose.title"))),
      h("form.why-form", { onsubmit: ask }, this.field, h("button", {}, say("chose.ask"))),
      this.list);
    this.asked = ({ detail }) => this.ask(detail);
    document.addEventListener("why", this.asked);
  }

  disconnectedCallback() {
    document.removeEventListener("why", this.asked);
  }

  async ask({ contact, customer = "" }) {
    const query = customer ? `?customer=${encodeURIComponent(customer)}` : "";
    try {
      const { items } = await get(`/contacts/${encodeURIComponent(contact)}/why${query}`);
      this.list.replaceChildren(...items.map(about));
    } catch (failure) {
      this.list.replaceChildren(h("p.notice", { role: "alert" }, failure.sentence));
    }
    this.list.scrollIntoView({ block: "nearest" });
  }
}

function about(contact) {
  const { number, channel, queue, offers, now } = contact;
  return h("article.why", {},
    h("h3", {}, say("chose.case", { number, channel: channelWord(channel), queue: supervisor.queueName(queue) })),
    now && h("p", {}, now.position && h("strong", {}, `${place(now.position)} `), now.sentence),
    h("ol", {}, offers.map(offer)),
    !now && !offers.length && h("p.empty", {}, say("chose.never")));
}

const place = (n) => (n > 100 ? say("chose.far") : say("chose.position", { n }));

function offer(one) {
  const became = one.became ? say(`chose.became.${one.became}`) : say("chose.rings");
  return h("li", {},
    h("p", {}, h("time", { datetime: one.at }, clock(one.at)), ` ${one.name}: `, h("strong", {}, became)),
    h("p.small", {}, one.sentence),
    one.winner && h("p.quiet.small", {}, inputs(one)),
    one.winner && h("ul.small", {}, [one.winner, ...one.runners_up].map((person) => candidate(person))));
}

function inputs({ needs, dropped, ring, age_seconds, free, settings_version }) {
  const asked = levels(needs) || say("chose.nothing");
  const without = dropped.length ? ` (${say("chose.dropped", { skills: dropped.map((one) => supervisor.skillName(one)).join(", ") })})` : "";
  return say("chose.inputs", { needs: asked + without, ring, age: duration(age_seconds), free, version: settings_version });
}

function candidate(person) {
  const facts = [
    person.owner && say("chose.owner"),
    person.preferred && say("chose.preferred"),
    levels(person.skills),
    say("chose.classes", { n: person.other_classes, all: person.breadth }),
    say("chose.free", { time: clock(person.free_since) }),
  ];
  const why = person.because ? ` — ${person.because}` : "";
  return h("li", {}, h("strong", {}, person.name), ` ${facts.filter(Boolean).join(", ")}${why}`);
}

const levels = (skills) => Object.entries(skills ?? {}).map(([skill, level]) => `${supervisor.skillName(skill)} ${level}`).join(", ");

customElements.define("pb-why", WhyView);
