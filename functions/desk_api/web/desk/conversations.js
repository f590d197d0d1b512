/** The timelines and cards this desk has open, and what it is writing into them. */

import { Failure, get, post } from "../kit/api.js";
import { changesCard } from "./kinds.js";
import { Timeline } from "./timeline.js";

const PAGE = 60;
const ACK_WAIT = 5000;
const HELD_WAIT = 4000;

export class Conversations {
  cards = new Map();
  timelines = new Map();
  drafts = new Map();
  choices = new Map();
  #desk;
  #live;
  #reading = new Map();

  constructor(desk, live) {
    this.#desk = desk;
    this.#live = live;
  }

  /** The customer signs off with the agent, save the drafts: whoever comes back finds what they were writing. */
  forget() {
    this.cards.clear();
    this.timelines.clear();
    this.choices.clear();
  }

  timeline(customerId) {
    if (!this.timelines.has(customerId)) this.timelines.set(customerId, new Timeline());
    return this.timelines.get(customerId);
  }

  async open(customerId) {
    await this.#desk.attempt(async () => {
      await this.loadCard(customerId);
      const timeline = this.timeline(customerId);
      const start = timeline.loaded ? timeline.whole : Math.max(0, this.cards.get(customerId).version - PAGE);
      if (!timeline.loaded) timeline.first = start;
      await this.#load(customerId, start);
    });
  }

  /** One read at a time for each customer: whoever asks meanwhile gets the next one, which knows of their news. */
  loadCard(customerId) {
    const going = this.#reading.get(customerId);
    if (going) return (going.next ??= going.card.catch(() => {}).then(() => this.loadCard(customerId)));
    const one = { card: this.#readCard(customerId).finally(() => this.#reading.delete(customerId)) };
    this.#reading.set(customerId, one);
    return one.card;
  }

  async #readCard(customerId) {
    const card = await get(`/customers/${customerId}`);
    this.cards.set(customerId, card);
    this.#desk.announce("card", "timeline", "work");
    return card;
  }

  async earlier(customerId) {
    const timeline = this.timeline(customerId);
    const start = Math.max(0, timeline.first - PAGE);
    await this.#desk.attempt(async () => {
      const { items } = await get(this.#page(customerId, start, timeline.first - start));
      timeline.takePage(items, 0);
      timeline.first = start;
    });
    this.#desk.announce("timeline");
  }

  /** After a reconnect: everything after n, for each open timeline; and what is still on its way. */
  catchUp() {
    for (const [customerId, timeline] of this.timelines) {
      if (timeline.loaded) this.#load(customerId, timeline.settled).catch(() => {});
      for (const one of timeline.pending) if (one.state === "held") this.#post(timeline, one);
    }
  }

  /** What is still on its way may have arrived long ago, and the frame that said so been lost. */
  lookAgain(customerId) {
    const timeline = this.timeline(customerId);
    if (timeline.loaded && timeline.settled < timeline.whole) this.#load(customerId, timeline.settled).catch(() => {});
  }

  /** Another customer joined this one: their entries carry smaller numbers, so "after n" would miss them. */
  rejoin(customerId) {
    const timeline = this.timelines.get(customerId);
    if (!timeline?.loaded) return;
    Object.assign(timeline, { loaded: false, whole: 0 });
    this.open(customerId);
  }

  arrived(entry) {
    if (entry.kind === "customers_merged") this.rejoin(entry.facts.root);
    const [timeline, ...others] = this.#find(entry);
    if (!timeline) return this.#lookAgainAt(entry.customer_id, entry);
    const change = timeline.take(entry);
    for (const other of others) other.take(entry);
    if (timeline.misses(entry)) this.#load(this.#idOf(timeline), timeline.whole).catch(() => {});
    if (change === "new") this.#lookAgainAt(this.#idOf(timeline), entry);
    if (change !== "same") this.#desk.announce("timeline");
  }

  /** The card is read again where the line may change it, or where only the card knows which address they used. */
  #lookAgainAt(customerId, entry) {
    const card = this.cards.get(customerId);
    const ways = card?.reply_channels.filter((way) => way.channel === entry.channel).length ?? 0;
    const unclear = entry.kind === "message_received" && ways > 1;
    if (card && (changesCard(entry) || unclear)) this.loadCard(customerId).catch(() => {});
  }

  reply(item, { channel, address, text }) {
    this.#write(item, { kind: "message_sent", channel, address, text });
  }

  note(item, text) {
    this.#write(item, { kind: "note_added", channel: "", text });
  }

  /** The answer to a reply by socket is the entry itself: no frame follows until its delivery state rises. */
  acknowledged(key, entry) {
    const [customerId, timeline, one] = this.#pending(key);
    if (!one) return;
    clearTimeout(one.timer);
    timeline.take(entry, key);
    timeline.drop(key);
    this.#desk.said(entry);
    if (timeline.misses(entry)) this.#load(customerId, timeline.whole).catch(() => {});
    this.#desk.announce("timeline");
  }

  /** What the socket could not take goes by HTTP; what the server refused stays in sight. False: not ours. */
  failed(key, error) {
    const [, timeline, one] = this.#pending(key);
    if (!one) return false;
    if (error.code === "try_again") this.#post(timeline, one);
    else this.#refused(one, new Failure(400, error));
    return true;
  }

  again(timeline, one) {
    this.#post(timeline, one);
  }

  /** Take a refused message back into the composer. */
  edit(customerId, one) {
    this.timeline(customerId).drop(one.key);
    this.rewrite(customerId, one.text);
    this.#desk.announce("timeline");
  }

  /** Into the composer, after what may already stand there: nothing being written is lost. */
  rewrite(customerId, text) {
    const draft = this.drafts.get(customerId) ?? {};
    const words = draft.text?.trim() ? `${draft.text}\n${text}` : text;
    this.drafts.set(customerId, { ...draft, mode: "reply", text: words });
    this.#desk.announce("draft", "write-reply");
  }

  #write(item, words) {
    const timeline = this.timeline(item.customer_id);
    const actor = `agent:${this.#desk.agent.id}`;
    const base = { key: crypto.randomUUID(), customer_id: item.customer_id, case_id: item.case_id, actor };
    const one = { ...base, ...words, version: timeline.whole, at: new Date().toISOString(), state: "pending" };
    timeline.pending.push(one);
    this.#desk.announce("timeline");
    if (one.kind === "note_added" || !this.#live.send({ action: "reply", ...replyBody(one), case_id: one.case_id })) {
      this.#post(timeline, one);
    } else {
      // The key makes the second way harmless: whichever arrives first is written, the other is the same reply.
      one.timer = setTimeout(() => this.#post(timeline, one), ACK_WAIT);
    }
  }

  /** It stays in sight with the reason, to be changed or sent again. */
  #refused(one, failure) {
    clearTimeout(one.timer);
    Object.assign(one, { state: "refused", reason: failure.sentence });
    this.#desk.announce("timeline");
  }

  async #post(timeline, one) {
    if (!timeline.pending.includes(one) || one.seq) return;
    clearTimeout(one.timer);
    one.state = "pending";
    const { key, customer_id, text } = one;
    const reply = one.kind === "message_sent";
    try {
      const [path, body] = reply ? ["replies", replyBody(one)] : ["notes", { key, customer_id, text }];
      const { entry } = await post(`/cases/${one.case_id}/${path}`, body);
      timeline.take(entry, key);
      timeline.drop(key);
      this.#desk.said(entry);
    } catch (failure) {
      if (!failure.passing) return this.#refused(one, failure);
      one.state = "held";
      one.timer = setTimeout(() => this.#post(timeline, one), HELD_WAIT);
    }
    this.#desk.announce("timeline");
  }

  async #load(customerId, after) {
    const timeline = this.timeline(customerId);
    let next = after;
    while (next !== null && next !== undefined) {
      const page = await get(this.#page(customerId, next, PAGE));
      timeline.takePage(page.items, Number(next) || 0).forEach((entry) => this.#desk.said(entry));
      next = page.items.length ? page.next : null;
    }
    timeline.loaded = true;
    this.#desk.watch();
    this.#desk.announce("timeline");
  }

  #page(customerId, after, limit) {
    return `/customers/${customerId}/entries?after=${after}&limit=${limit}`;
  }

  /**
   * The open timelines an entry belongs to, first that of the customer its case is worked on under. While a merge
   * becomes known there may be two: the member's that was open, and the root's that already shows it.
   */
  #find({ case_id: caseId, customer_id: customerId }) {
    const mine = this.#desk.item(caseId)?.customer_id;
    const fits = ([id, timeline]) => id === mine || id === customerId || timeline.members.includes(customerId);
    const found = [...this.timelines].filter(fits).sort(([id]) => (id === mine ? -1 : 1));
    return found.map(([, timeline]) => timeline);
  }

  #idOf(timeline) {
    return [...this.timelines].find(([, one]) => one === timeline)[0];
  }

  #pending(key) {
    for (const [id, timeline] of this.timelines) {
      const one = timeline.pending.find((candidate) => candidate.key === key);
      if (one) return [id, timeline, one];
    }
    return [];
  }
}

const replyBody = ({ key, customer_id, channel, address, text, version }) => ({
  key, customer_id, channel, address, text, version,
});
