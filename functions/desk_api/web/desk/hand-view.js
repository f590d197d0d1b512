/** The dialog by which a case goes on: to whom, cold or after asking first, with a note. */

import { desk } from "./desk-state.js";
import { ask } from "../kit/dialog.js";
import { h, reconcile } from "../kit/dom.js";
import { reasonOf } from "../kit/labels.js";
import { measured } from "./measured.js";
import { currentLanguage, say, sayOr } from "../kit/words.js";

const COLD = "cold";
const CONSULT = "consult";

// Who is there and has room changes while one reads the list.
const AGAIN = 5000;
const ELSEWHERE = new Set(["colleague_gone", "colleague_busy"]);

export function handOn(item) {
  const places = h("div.hand-places", { role: "radiogroup", "aria-label": say("hand.to") }, h("p.quiet.small", { role: "status" }, say("hand.wait")));
  const search = h("input", { type: "search", autocomplete: "off", placeholder: say("hand.search"), "aria-label": say("hand.search") });
  const how = [COLD, CONSULT].map((value) =>
    h("label.choice", {}, h("input", { type: "radio", name: "how", value, checked: value === COLD }), h("span", {}, h("b", {}, say(`hand.${value}`)), " ", h("span.quiet.small", {}, say(`hand.${value}.more`)))));
  const count = h("span.quiet.small", { "aria-live": "polite" });
  const why = h("span", {}, say("hand.why"));
  const measure = ({ target }) => (count.textContent = measured(target.value, desk.noteTraits).count);
  const fields = [
    h("fieldset", {}, h("legend.unseen", {}, say("hand.how")), h("div.choices.hand-how", {}, how)), search, places,
    h("label.field", {}, why, h("textarea", { name: "note", rows: 2, oninput: measure }), count),
  ];
  const list = new Places(item, places, search, how);
  const dialog = ask(say("hand.title", { number: item.number }), say("hand.submit"), fields, async ({ how: way, place, note }, key) => {
    if (!place) throw new Error(say("hand.choose"));
    if (way === COLD && !note.trim()) throw new Error(say("hand.reason"));
    const { problem } = measured(note, desk.noteTraits);
    if (problem) throw new Error(problem);
    const [kind, name] = [place.slice(0, 5), place.slice(6)];
    const wish = { note: note.trim(), ...(kind === "agent" ? { to: name } : { queue: name }) };
    try {
      await (way === CONSULT ? desk.handing.consult(item, wish, key) : desk.handing.transfer(item, wish, key));
    } catch (failure) {
      throw ELSEWHERE.has(failure.code) ? new Error(await list.instead(failure.sentence)) : failure;
    }
  });
  for (const one of how) one.addEventListener("change", () => (why.textContent = say(list.consults ? "hand.note" : "hand.why")));
  const again = setInterval(() => document.hidden || list.read(), AGAIN);
  dialog.addEventListener("close", () => clearInterval(again));
  list.read();
}

/** Whom a case can go to, read anew while the dialog is open: the choice and the focus stay where they are. */
class Places {
  #known = null;
  #item;
  #node;
  #search;
  #how;

  constructor(item, node, search, how) {
    [this.#item, this.#node, this.#search, this.#how] = [item, node, search, how];
    search.addEventListener("input", () => this.#show());
    search.addEventListener("keydown", (event) => this.#key(event));
    for (const one of how) one.addEventListener("change", () => this.#show());
  }

  get consults() {
    return this.#how[1].querySelector("input").checked;
  }

  async read() {
    this.#known = (await desk.handing.colleagues(this.#item).catch(() => null)) ?? this.#known;
    if (this.#known) this.#show();
    else this.#node.replaceChildren(h("p.problem", {}, say("hand.failed")));
  }

  /** The colleague cannot take it: the case's own queue is chosen, and what to press is said. */
  async instead(sentence) {
    await this.read();
    const card = desk.talks.cards.get(this.#item.customer_id);
    const name = card?.cases.find((one) => one.case_id === this.#item.case_id)?.queue;
    const queue = this.#known?.queues.find((one) => one.name === name) ?? this.#known?.queues[0];
    if (!queue) return sentence;
    this.#how[0].querySelector("input").checked = true;
    this.#search.value = "";
    this.#show();
    const choice = this.#node.querySelector(`[value="queue:${CSS.escape(queue.name)}"]`);
    if (choice) choice.checked = true;
    return `${sentence} ${say("hand.instead", { queue: labelOf(queue) })}`;
  }

  #show() {
    if (!this.#known) return;
    const wanted = this.#search.value.trim().toLowerCase();
    const fits = (name) => name.toLowerCase().includes(wanted);
    const agents = this.#known.agents.filter((one) => fits(one.name) && (!this.consults || one.free)).map((one) => ["agent", one.id, one]);
    const queues = this.consults ? [] : this.#known.queues.filter((one) => fits(labelOf(one))).map((one) => ["queue", one.name, one]);
    const shown = [...agents, ...queues];
    const none = { key: "none", sign: this.consults, make: () => h("p.quiet.small", { role: "status" }, say(this.consults ? "hand.nobody" : "hand.nothing")) };
    const items = shown.map(([kind, id]) => ({ key: `${kind}:${id}`, sign: "", make: () => choice(`${kind}:${id}`) }));
    reconcile(this.#node, items.length ? items : [none]);
    shown.forEach(([kind, , one], n) => this.#node.children[n].querySelector(".hand-place").replaceChildren(...(kind === "agent" ? agentPlace(one) : queuePlace(one))));
  }

  #key(event) {
    const first = this.#node.querySelector("input");
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "ArrowDown" && first) event.preventDefault(), first.focus();
  }
}

const labelOf = (queue) => queue[`label_${currentLanguage()}`] || queue.name;

function agentPlace(one) {
  const missed = one.routing_status === "not_responding";
  const state = missed ? say("routing.not_responding")
    : one.presence === "aux" ? reasonOf(desk.aux, one.reason) : sayOr(`presence.${one.presence}`, one.presence);
  const room = say(one.free ? "hand.free" : "hand.busy", { used: one.used, full: one.full });
  const unfit = one.fits ? "" : h("span.tag.claimed", {}, say("hand.unfit"));
  const name = h("span", {}, h("span.dot", { "data-presence": missed ? "not_responding" : one.presence, "aria-hidden": "true" }), " ", one.name, " ", unfit);
  return [name, h("span.quiet.small", {}, `${state} · ${room}`)];
}

const queuePlace = (one) => [h("span", {}, say("offer.queue", { queue: labelOf(one) }))];

const choice = (value) => h("label.choice", {}, h("input", { type: "radio", name: "place", value }), h("span.hand-place"));

/** What stands above the conversation while a colleague is asked, or while this agent gives advice. */
export function consultBar(item, advises) {
  const button = (spec, key, action) => h(spec, { type: "button", onclick: action }, say(key));
  const end = button("button", advises ? "hand.leave" : "hand.end", () => desk.handing.endConsult(item));
  if (advises) return [h("span", {}, say("hand.advising")), end];
  const words = say(item.asked_rings ? "hand.rings" : "hand.with", { agent: item.asked_name || say("actor.colleague") });
  const over = item.asked_rings ? "" : button("button.primary", "hand.over", () => handOver(item));
  return [h("span", {}, words), ...[end, over].filter(Boolean)];
}

function handOver(item) {
  const fields = [h("p", {}, say("hand.over.lead", { agent: item.asked_name || say("actor.colleague") })),
    h("label.field", {}, h("span", {}, say("hand.note")), h("textarea", { name: "note", rows: 2 }))];
  ask(say("hand.over"), say("hand.over"), fields, ({ note }, key) => desk.handing.handOver(item, note.trim(), key));
}
