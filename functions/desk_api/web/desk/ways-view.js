/** The ways of a reply, to choose from; and of the chosen one who gets it, and how long it takes free words. */

import { living } from "../kit/ages.js";
import { channelMark, traitsOf } from "../kit/channels.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { duration, serverNow, stamp } from "../kit/times.js";
import { say, sayOr } from "../kit/words.js";
import { replyWay, wayKey, wroteBy } from "./reply-way.js";
import { usable } from "./templates.js";

const FAR = 86_400_000; // whoever keeps a page open for a day has read the card again meanwhile
const SOON = 5000;

export class Ways {
  #desk;
  #chosen;
  #wrote = {};
  #signs = "";
  #ends = 0;
  caseId = "";
  all = [];
  one = null;

  /** `chosen()` is called when the agent took another one. */
  constructor(desk, chosen) {
    this.#desk = desk;
    this.#chosen = chosen;
    this.node = h("div.reply-channels", { role: "radiogroup", "aria-label": say("write.channel") });
    this.about = h("div.about-way");
  }

  leave() {
    clearTimeout(this.#ends);
  }

  /** By which key its text is kept, "" for none. */
  get place() {
    return this.one ? wayKey(this.one) : "";
  }

  /** The way of the reply is the customer's, or the agent's choice: "fresh", "same", or "turned" for who had begun to write. */
  follow(item, card) {
    const { drafts } = this.#desk.writing;
    const before = this.caseId === item.case_id ? this.one : null;
    this.caseId = item.case_id;
    this.all = (card?.reply_channels ?? []).map((way) => usable(way, this.#desk.templates));
    this.#wrote = wroteBy(this.all, this.#desk.talks.timeline(item.customer_id).heardOn(item.case_id));
    this.one = replyWay(this.all, this.#wrote, drafts.of(this.caseId).choice);
    this.#bringAlong(before);
    const turned = before && this.one && wayKey(before) !== this.place && this.#desk.cases.isMine(item) && drafts.text(this.caseId, this.place).trim();
    return turned ? "turned" : before ? "same" : "fresh";
  }

  /** What was being written for another way, once the ways are known. */
  #bringAlong(before) {
    if (!this.one) return;
    const { drafts } = this.#desk.writing;
    drafts.gather(this.caseId, this.place, this.all.filter((way) => way.allowed).map(wayKey));
    if (!before || wayKey(before) !== this.place) drafts.follow(this.caseId, this.place);
  }

  show() {
    const signs = JSON.stringify([this.all, this.all.map((way) => this.#reason(way)), this.one, this.all.map((way) => this.#waits(way))]);
    if (signs === this.#signs) return;
    this.#signs = signs;
    const focused = this.node.contains(document.activeElement);
    this.node.replaceChildren(...this.all.map((way) => wayChoice(way, this.#reason(way), wayKey(way) === this.place, this.#waits(way), () => this.#choose(way))));
    this.about.replaceChildren(...(this.one ? aboutWay(this.one) : []));
    if (this.one) this.#desk.writing.attached.check(this.caseId, this.one.channel);
    clearTimeout(this.#ends);
    this.#ends = atItsEnd(this.one, this.#desk);
    if (focused) this.node.querySelector(":checked")?.focus();
  }

  #choose(way) {
    this.#desk.writing.drafts.choose(this.caseId, { way: wayKey(way), against: this.#wrote });
    this.#chosen();
  }

  /** A text of its own stands by this way, which is not the one that is written now. */
  #waits(way) {
    return wayKey(way) !== this.place && Boolean(this.#desk.writing.drafts.text(this.caseId, wayKey(way)));
  }

  #reason(way) {
    return way.only_template ? "only_template" : way.allowed ? this.#leftBy(way) : way.reason;
  }

  /** Who left a live channel reads on only when they come back: the agent is to know before writing there. */
  #leftBy({ channel }) {
    const { case_id, customer_id } = this.#desk.current;
    const here = this.#desk.talks.cards.get(customer_id)?.cases.find((one) => one.case_id === case_id)?.interactions ?? [];
    const last = here.findLast((one) => one.channel === channel);
    return traitsOf(channel)?.live && last?.ended_by === "customer" ? "left" : "";
  }
}

/** `draft`: a text of its own stands by this way. */
function wayChoice(way, reason, checked, draft, choose) {
  const why = reason && h("small", {}, sayOr(`refused.${reason}`, reason));
  const input = h("input", { type: "radio", name: "way", value: wayKey(way), disabled: !way.allowed, checked, onchange: choose });
  return h(way.allowed ? "label.way" : "label.way.refused", {}, input, channelMark(way.channel), h("span.way-address", {}, way.display), why, draft && h("small.draft", {}, say("write.draft")));
}

/** Fixed by the exchange, so it is shown before anything is sent. */
function aboutWay(way) {
  const row = (name, value) => value && h("div", {}, h("dt", {}, say(`about.${name}`)), h("dd", { dir: "auto" }, value));
  const rows = [row("to", way.to), row("cc", way.cc?.join(", ")), row("subject", way.subject)].filter(Boolean);
  return [rows.length > 0 && h("dl.mail-rows", {}, rows), windowOf(way)].filter(Boolean);
}

/** What may go out changes when the window ends: the centre says to what. The answer is the timer. */
function atItsEnd(way, desk) {
  const { customer_id } = desk.current;
  const wait = way?.until ? Date.parse(way.until) - serverNow() : FAR;
  return wait < FAR ? setTimeout(() => desk.talks.loadCard(customer_id).catch(() => {}), Math.max(wait, SOON)) : 0;
}

function windowOf(way) {
  if (way.window === "template_only") return h("p.window.closed", {}, icon("warn"), say("window.template_only"));
  if (!way.until) return null;
  const left = (iso) => duration(Math.max(0, (Date.parse(iso) - serverNow()) / 1000));
  const write = (iso) => say(`window.${way.window}`, { time: stamp(iso), left: left(iso) });
  return h(`p.window.${way.window}`, {}, icon("clock"), living("time", way.until, write));
}
