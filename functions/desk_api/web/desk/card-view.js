/** The customer's card: how they can be reached and how we know, and every case with what came of it. */

import { desk } from "./desk-state.js";
import { h, reconcile } from "../kit/dom.js";
import { dispositionName, scoreDots } from "./entry-view.js";
import { numberDoor } from "./call/numbers.js";
import { callsOn, channelMark, kindIcon } from "../kit/channels.js";
import { icon } from "../kit/icons.js";
import { living } from "../kit/ages.js";
import { shortDay, stamp } from "../kit/times.js";
import { View } from "../kit/view.js";
import { currentLanguage, say, sayOr } from "../kit/words.js";

class CardView extends View {
  source = desk;
  topics = ["card", "selected"];
  #sign = "";
  #more = null; // what is known beyond addresses and cases: loaded with the first card
  #form = null; // what is written stays while the card changes around it
  #of = "";

  build() {
    this.className = "card";
  }

  render() {
    const card = desk.current && desk.talks.cards.get(desk.current.customer_id);
    if (card && !this.#more) this.#load();
    if (this.#of !== (card?.customer_id ?? "")) this.#form = null;
    this.#of = card?.customer_id ?? "";
    const sign = JSON.stringify([card ?? null, desk.selected, Boolean(this.#more?.pinned), desk.current && desk.standing(desk.current).is]);
    if (sign === this.#sign) return;
    this.#sign = sign;
    this.#draw(card);
  }

  #draw(card) {
    const items = card ? parts(card, this.#open(), this.#more, () => this.#edit()) : [];
    const drawn = this.#form ? items.map((one) => (one.key === "who" ? { key: "form", sign: "", make: () => this.#form } : one)).filter((one) => one.key !== "doors") : items;
    reconcile(this, drawn);
  }

  async #load() {
    this.#more = {};
    this.#more = await import("./customer/profile-view.js").catch(() => null);
    if (this.#more) this.render();
  }

  /** The card as it is now: its version goes with what is written. */
  async #edit() {
    const of = this.#of;
    const { profileForm } = await import("./customer/profile-form.js");
    const card = desk.talks.cards.get(of);
    if (of !== this.#of || !card) return;
    this.#form = profileForm(card, () => this.#over());
    this.#draw(card);
    this.#form.querySelector("input").focus();
  }

  #over() {
    this.#form = null;
    this.#draw(desk.talks.cards.get(this.#of));
    this.querySelector(".card-doors button")?.focus();
  }

  /** Cases that the reader has unfolded stay so when the card changes. */
  #open() {
    return new Set([...this.querySelectorAll("details[open]")].map((node) => node.dataset.case));
  }
}

/** For reconcile: a part is made anew only when what it shows is another, so the focus stays where it is. */
function parts(card, open, more, edit) {
  const back = () => (document.body.dataset.pane = "talk");
  const { name, language, tier, profile } = card;
  const mine = desk.standing(desk.current).is === "mine";
  const known = more?.pinned ? [
    ["pinned", profile.pinned, () => more.pinned(card)],
    ["doors", mine, () => more.doors(edit)],
    ["facts", [profile, desk.declared], () => more.details(card)],
    ["trend", card.cases.map((one) => one.score), () => more.satisfaction(card)],
  ] : [];
  return [
    ["back", "", () => h("button.plain.to-talk", { type: "button", onclick: back }, icon("back"), say("talk.title"))],
    ...known.slice(0, 1),
    ["who", [name, language, tier, profile?.tags, more && desk.declared.tags], () => who(card, more)],
    ...known.slice(1),
    ["addresses", card.addresses, () => card.addresses.length > 0 && h("section", {}, h("h3", {}, say("card.addresses")), h("ul.addresses", {}, card.addresses.map(address)))],
    ["cases", [card.cases, desk.selected], () => h("section", {}, h("h3", {}, say("card.cases")), cases(card, open))],
  ].map(([key, sign, make]) => ({ key, sign: JSON.stringify([card.customer_id, sign, currentLanguage()]), make: () => make() || h("div", { hidden: true }) }));
}

function who(card, more) {
  const language = card.language && h("span.tag", {}, icon("globe"), sayOr(`language.${card.language}`, card.language));
  const tier = card.tier && h("span.tag", { title: say("card.tier") }, icon("person"), card.tier);
  return h("header.card-head", {}, h("span.avatar", { "aria-hidden": "true" }, icon("person")),
    h("div", {}, h("h2", {}, card.name || say("card.unnamed")), language, tier, h("div.chips", {}, more?.chips?.(card))));
}

function address(one) {
  const proven = one.strength === "proven";
  const strength = h(`span.tag.${proven ? "proven" : "claimed"}`, {}, icon(proven ? "proven" : "claimed"), say(proven ? "card.proven" : "card.claimed"));
  const evidence = sayOr(`evidence.${one.evidence}`, one.evidence ?? "");
  const flag = one.stopped ? sayOr(`stopped.${one.stopped}`, one.stopped) : one.reachable === false ? say("card.unreachable") : "";
  return h(`li.address${proven ? "" : ".is-claimed"}`, {},
    kindIcon(one.kind),
    h("div.address-body", {}, h("span.quiet.small", {}, sayOr(`kind.${one.kind}`, one.kind)),
      called(one),
      h("span.address-tags", {}, strength, flag && h("span.tag.bad", {}, icon("warn"), flag)),
      h("span.quiet.small", {}, proven ? evidence : [evidence, say("card.claimedwhy")].filter(Boolean).join(". "))));
}

/** A number is pressed to call it. */
function called({ kind, value, display, reachable }) {
  const dials = kind === "phone" && callsOn() && reachable !== false && /^\+\d/.test(value);
  return dials ? numberDoor(value, display || value, "button.plain.address-value") : h("span.address-value", {}, display || value);
}

function cases(card, open) {
  const newest = [...card.cases].sort((a, b) => (a.opened_at < b.opened_at ? 1 : -1));
  const past = newest.filter((one) => one.case_id !== desk.selected);
  const note = past.length ? null : h("p.quiet.small", {}, say("card.nocases"));
  return h("div", {}, note, h("ul.cases", {}, newest.map((one) => caseItem(one, open.has(one.case_id)))));
}

function caseItem(one, open) {
  const score = one.score === null || one.score === undefined ? null : Number(one.score);
  const elsewhere = !one.closed_at && one.case_id !== desk.selected;
  const read = () => desk.visit(one.case_id, desk.current.customer_id);
  const show = () => document.querySelector("pb-timeline").showCase(one.case_id);
  const outcome = one.closed_at ? dispositionName(desk, one.disposition) : running(one);
  const words = score === null ? say("card.noscore") : say("card.score", { score, scale: desk.scale });
  const scored = one.closed_at || score !== null;
  return h("li", {}, h("details.case", { "data-case": one.case_id, open },
    h("summary", {},
      h("span.case-line", {}, h("span.code", {}, one.number), h("time.quiet.small", { datetime: one.opened_at }, shortDay(one.opened_at))),
      h("span.case-line", {}, h(`span.outcome${one.closed_at ? "" : ".running"}`, {}, outcome),
        scored && h("span.case-score", {}, score !== null && scoreDots(score, desk.scale), h("span.quiet.small", {}, words)))),
    h("ul.interactions", {}, (one.interactions ?? []).map(interaction)),
    h("button.plain", { type: "button", onclick: show }, say("card.show")),
    elsewhere && h("button.plain", { type: "button", onclick: read }, say("card.open_case"))));
}

/** Whoever opens the card sees at once who has the case, so that nobody answers beside a colleague. */
function running(one) {
  const state = sayOr(`state.${one.snoozed_until ? "snoozed" : one.state}`, say("card.open"));
  const owner = one.owner === desk.agent?.id ? say("actor.you") : one.owner_name;
  return owner ? `${state} · ${owner}` : state;
}

function interaction(one) {
  const why = one.ended_by ? say("card.endedby", { why: sayOr(`why.${one.ended_by}`, one.ended_by) }) : say("card.running");
  const started = living("time", one.started_at, stamp);
  return h("li", {}, channelMark(one.channel), h("span.quiet.small", {}, started, ` · ${why}`));
}

customElements.define("pb-card", CardView);
