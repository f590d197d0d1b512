/** The timelines and cards this desk has open. */

import { get } from "../kit/api.js";
import { changesCard } from "../kit/labels.js";
import { Timeline } from "./timeline.js";

const PAGE = 60;
const MOST = 200; // lines in one answer, as MOST in see_customer.py
const LINES_ABOVE = 20;
const MOST_ASIDE = 2 * PAGE; // lines of a timeline that was opened and is not looked at now

export class Conversations {
  cards = new Map();
  timelines = new Map();
  #desk;
  #reading = new Map();

  constructor(desk) {
    this.#desk = desk;
  }

  forget() {
    this.cards.clear();
    this.timelines.clear();
  }

  timeline(customerId) {
    if (!this.timelines.has(customerId)) this.timelines.set(customerId, new Timeline());
    return this.timelines.get(customerId);
  }

  async open(customerId) {
    await this.#desk.attempt(() => this.#open(customerId));
  }

  /** What could not be had is said in its place, until it is. */
  async #open(customerId) {
    const timeline = this.timeline(customerId);
    timeline.opened = true;
    this.#lost(timeline, false);
    try {
      const card = await this.loadCard(customerId);
      const start = timeline.loaded ? timeline.whole : Math.max(0, card.version - PAGE);
      if (!timeline.loaded) timeline.first = start;
      await this.#load(customerId, start);
    } catch (failure) {
      this.#lost(timeline, true);
      throw failure;
    }
  }

  #lost(timeline, lost) {
    timeline.lost = lost;
    this.#desk.announce("timeline");
  }

  /** One read at a time for each customer: whoever asks meanwhile gets the next one, which knows of their news. */
  loadCard(customerId) {
    const going = this.#reading.get(customerId);
    if (going) return (going.next ??= going.card.catch(() => {}).then(() => this.loadCard(customerId)));
    const one = { card: this.#readCard(customerId).finally(() => this.#reading.delete(customerId)) };
    this.#reading.set(customerId, one);
    return one.card;
  }

  loadCards(items) {
    for (const id of new Set(items.map((item) => item.customer_id))) this.loadCard(id).catch(() => {});
  }

  /** Who has no name is called by where they wrote last: then card and list say the same. */
  sameName(item) {
    const card = this.cards.get(item.customer_id);
    if (card && item.customer_name && card.name !== item.customer_name) this.loadCards([item]);
  }

  async #readCard(customerId) {
    const card = await get(`/customers/${customerId}`);
    this.cards.set(customerId, card);
    // A frame brings no names: who stepped in is named by the card.
    for (const one of card.cases) for (const [id, name] of Object.entries(one.stepped_in ?? {})) this.timeline(customerId).names.set(`agent:${id}`, name);
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

  /** Everything from a line on is here then, and some lines above it. */
  async until(customerId, seq) {
    const timeline = this.timeline(customerId);
    const start = Math.max(0, seq - LINES_ABOVE);
    if (!timeline.loaded) await this.open(customerId);
    await this.#desk.attempt(async () => {
      while (timeline.loaded && timeline.first > start) {
        const from = Math.max(start, timeline.first - MOST);
        const { items } = await get(this.#page(customerId, from, timeline.first - from));
        timeline.takePage(items, 0);
        timeline.first = from;
      }
    });
    this.#desk.announce("timeline");
  }

  /**
   * Timelines and cards of these customers stay, with the newest lines alone where nobody looks; others are read again
   * when they are opened.
   */
  keep(ids) {
    const kept = new Set(ids);
    const shown = this.timelines.get(this.#desk.current?.customer_id);
    for (const [id, timeline] of this.timelines) {
      if (!kept.has(id) && !timeline.isComing && !timeline.pending.length) this.timelines.delete(id);
      else if (timeline !== shown && timeline.entries.size > MOST_ASIDE) timeline.trim(PAGE);
    }
    for (const id of this.cards.keys()) if (!kept.has(id) && !this.timelines.has(id)) this.cards.delete(id);
  }

  /** After a reconnect: everything after n, for each open timeline. */
  catchUp() {
    for (const [customerId, timeline] of this.timelines) {
      if (timeline.loaded) this.#load(customerId, timeline.settled).catch(() => {});
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
    const change = this.#take(timeline, entry);
    for (const other of others) this.#take(other, entry);
    this.fill(this.#idOf(timeline), entry);
    if (change === "new") this.#lookAgainAt(this.#idOf(timeline), entry);
    if (change !== "same") this.#desk.announce("timeline");
  }

  /** What was never opened keeps no lines: they are read then. */
  #take(timeline, entry) {
    if (timeline.opened) return timeline.take(entry);
    timeline.settle(entry);
    return "new";
  }

  /** The card is read again where the line may change it, or where only the card knows which address they used. */
  #lookAgainAt(customerId, entry) {
    const card = this.cards.get(customerId);
    const ways = card?.reply_channels.filter((way) => way.channel === entry.channel).length ?? 0;
    const unclear = entry.kind === "message_received" && ways > 1;
    if (card && (changesCard(entry) || unclear)) this.loadCard(customerId).catch(() => {});
  }

  /** An entry came whose forerunners did not: they are asked for. */
  fill(customerId, entry) {
    const timeline = this.timeline(customerId);
    if (timeline.misses(entry)) this.#load(customerId, timeline.whole).catch(() => {});
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
}
