/** The middle of the desk: who and which case, the timeline, and what the agent writes. */

import "./composer.js";
import { desk } from "./desk-state.js";
import { h } from "../kit/dom.js";
import { dispositionName, scoreDots, tagName } from "./entry-view.js";
import { icon } from "../kit/icons.js";
import { needChips } from "../kit/labels.js";
import { HAND } from "./keys.js";
import "./timeline-view.js";
import { living } from "../kit/ages.js";
import { age, stamp } from "../kit/times.js";
import { menuLater, View } from "../kit/view.js";
import { say } from "../kit/words.js";

// What is asked for now and then is loaded then.
const dialogs = () => import("./dialogs.js");
const calls = () => import("./call-view.js");
const handing = () => import("./hand-view.js");
const handOn = (item) => handing().then((view) => view.handOn(item));

/** Open cases of the same customer with somebody else: two proven to be one may have been with two agents. */
const beside = (card, item) =>
  (card?.cases ?? []).filter((one) => one.owner_name && one.state === "owned" && one.case_id !== item.case_id && one.owner !== desk.agent?.id);

/** What stands in place of the composer's reply: who has the case, or that nobody has it yet. */
const READ = { consult: "talk.read.consult", colleague: "talk.read.colleague", asked: "talk.read.asked", offered: "talk.read.offered", waiting: "talk.read.waiting", later: "talk.read.later", snoozed: "talk.read.snoozed" };

const acts = () => import("./lists/case-acts.js");

const waits = (since) => say("talk.waits", { time: stamp(since), age: age(since) });

/** What the customer is to the centre, told where the conversation begins. */
const worth = (card) => [card?.tier && h("span.tag.claimed", { title: say("card.tier") }, icon("person"), card.tier)].filter(Boolean);

const colleague = ({ owner_name: agent, number }) =>
  h("span.beside", {}, icon("warn"), say("talk.beside", { agent, number }));

/** Supervisors who may answer in this case as well. */
const inside = (kept) =>
  Object.entries(kept?.stepped_in ?? {}).filter(([id]) => id !== desk.agent?.id)
    .map(([, name]) => h("span.beside", {}, icon("person"), say("talk.inside", { who: name || say("actor.colleague") })));

class Talk extends View {
  source = desk;
  topics = ["selected", "work", "card"];
  #stop = () => {};

  build() {
    this.className = "talk";
    const button = (spec, name, key, action) =>
      h(spec, { type: "button", onclick: action, title: say(key) }, icon(name), h("span", {}, say(key)));
    this.name = h("h2");
    this.detail = h("p.quiet");
    this.code = button("button", "key", "talk.code", () => dialogs().then((view) => view.askForCode(desk.current)));
    this.promise = button("button.rare", "clock", "call.promise", () => calls().then((view) => view.promiseCall(desk.current, desk.talks.cards.get(desk.current.customer_id))));
    this.call = h("div.call-bar", { role: "region", "aria-label": say("call.title") });
    this.take = button("button", "person", "talk.take", () => acts().then(({ take }) => take(desk.current)));
    this.wake = button("button", "talk", "talk.wake", () => acts().then(({ wake }) => wake(desk.current)));
    for (const first of [this.take, this.wake]) first.classList.add("primary");
    this.more = button("button", "down", "talk.more", () => {});
    menuLater(this.more, () => acts().then(({ caseMenu }) => caseMenu(this.more)));
    this.hand = button("button", "person", "talk.hand", () => handOn(desk.current));
    this.hand.setAttribute("aria-keyshortcuts", HAND.aria);
    this.#stop = desk.on("hand-on", () => document.querySelector("dialog[open]") || handOn(desk.current));
    this.find = button("button.rare", "find", "talk.find", () => this.#find());
    this.close = button("button", "done", "talk.close", () => dialogs().then((view) => view.closeCase(desk.current)));
    this.head = h("header.talk-head", {},
      button("button.plain.to-list", "back", "desk.back", () => desk.select(null)),
      h("div.talk-who", {}, this.name, this.detail), document.createElement("pb-follow"), this.find, this.take, this.wake, this.code, this.hand, this.more,
      this.promise, this.close,
      button("button.plain.to-card", "person", "desk.card", () => this.#toggleCard()));
    this.empty = h("div.talk-empty", {}, icon("talk"), h("p", {}, say("talk.empty")), h("p.quiet", {}, say("talk.empty.more")));
    this.timeline = document.createElement("pb-timeline");
    this.composer = document.createElement("pb-composer");
    this.outcome = h("p.outcome-bar", { role: "status" });
    this.consult = h("div.consult-bar", { role: "status" });
    // Both become what they are when told/ is loaded, a moment after the desk.
    this.steps = document.createElement("pb-steps");
    // What it is is loaded with the first call.
    this.line = document.createElement("pb-call");
    this.line.hidden = true;
    this.replaceChildren(this.head, this.line, this.call, this.consult, this.steps, this.timeline, this.composer, this.outcome, this.empty);
  }

  leave() {
    this.#stop();
  }

  render() {
    const item = desk.current;
    const { is, agent, kept } = item ? desk.standing(item) : {};
    const mine = is === "mine";
    this.head.hidden = this.timeline.hidden = !item;
    this.composer.hidden = !mine && !READ[is];
    this.outcome.hidden = mine || !is;
    this.empty.hidden = Boolean(item);
    this.#showConsult(item, mine, is);
    if (item?.call) import("./call/line-view.js");
    if (!item) return this.#showCall({});
    const card = desk.talks.cards.get(item.customer_id);
    this.name.textContent = this.name.title = desk.customerName || say("actor.customer");
    const number = h("span.code", {}, say("talk.case", { number: item.number }));
    const opened = living("time", item.opened_at, (at) => say("talk.opened", { time: stamp(at) }));
    const going = card?.cases.find((one) => one.case_id === item.case_id);
    const needs = [...needChips(going?.needs), ...(going?.tags ?? []).map((code) => h("span.tag", {}, tagName(code, desk)))];
    const since = item.waiting_since ? [" · ", living("time.waits", item.waiting_since, waits)] : [];
    this.detail.replaceChildren(number, " · ", opened, ...since, ...needs.flatMap((one) => [" ", one]), ...worth(card).flatMap((one) => [" ", one]), ...beside(card, item).map(colleague), ...inside(going));
    this.close.hidden = !mine;
    this.take.hidden = is !== "waiting";
    this.wake.hidden = is !== "snoozed";
    this.more.hidden = !is;
    const sleeps = mine || is === "snoozed";
    this.more.lastChild.textContent = say(sleeps ? "talk.more" : "talk.tags");
    this.more.title = say(sleeps ? "talk.more.why" : "talk.tags");
    this.promise.hidden = !mine || Boolean(item.asked);
    this.#showCall(mine ? item : {});
    this.hand.hidden = !mine || Boolean(item.asked);
    if (is === "closed") this.#showOutcome(kept);
    else if (READ[is]) this.outcome.replaceChildren(icon("person"), h("span", {}, say(READ[is], { agent: agent || say("actor.colleague"), time: kept?.snoozed_until && stamp(kept.snoozed_until) })));
    this.code.hidden = !mine || !card?.addresses.some((address) => address.kind === "visitor");
  }

  /** Made anew only when it says something else: a button that was pressed stays as it is. */
  #showCall({ case_id, callback }) {
    const sign = callback ? `${case_id} ${Boolean(desk.current.call)} ${JSON.stringify(callback)}` : "";
    this.call.hidden = !callback;
    if (this.call.dataset.sign === sign) return;
    this.call.dataset.sign = sign;
    this.call.replaceChildren();
    if (callback) calls().then((view) => this.call.dataset.sign === sign && this.call.replaceChildren(...view.callBar(desk.current)));
  }

  #showConsult(item, mine, is) {
    const advises = is === "consult";
    this.consult.hidden = !(advises || (mine && item.asked));
    const sign = JSON.stringify([item?.case_id, item?.asked_name, item?.asked_rings, advises]);
    if (this.consult.hidden || this.consult.dataset.sign === sign) return;
    this.consult.dataset.sign = sign;
    handing().then((view) => this.consult.dataset.sign === sign && this.consult.replaceChildren(...view.consultBar(item, advises)));
  }

  #showOutcome(kept) {
    if (!kept) return;
    const words = say("talk.closed", { outcome: dispositionName(desk, kept.disposition) });
    const scored = kept.score !== null && kept.score !== undefined;
    const score = scored ? say("card.score", { score: kept.score, scale: desk.scale }) : say("talk.noscore");
    this.outcome.replaceChildren(h("b", {}, words), scored ? scoreDots(kept.score, desk.scale) : "", h("span", {}, score));
  }

  async #find() {
    const { customer_id: id } = desk.current;
    const [{ openTexts }, { finds }] = await Promise.all([import("./texts-view.js"), import("./finds.js")]);
    openTexts({ finds, customer: { id, name: desk.customerName || say("actor.customer") } });
  }

  #toggleCard() {
    document.body.dataset.pane = document.body.dataset.pane === "card" ? "talk" : "card";
  }
}

customElements.define("pb-talk", Talk);
