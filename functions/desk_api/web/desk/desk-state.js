/**
 * What this desk knows and does. The server is asked for the truth (/me, /entries); frames only say that it is
 * time to look, or bring it early. Topics: me, offers, work, selected, timeline, card, link, notice.
 */

import { Failure, get, post, call } from "../kit/api.js";
import { learnChannels } from "../kit/channels.js";
import { Conversations } from "./conversations.js";
import { LiveSocket } from "./socket.js";
import { serverNow } from "../kit/times.js";
import { Topics } from "../kit/topics.js";
import { prefer, say } from "../kit/words.js";
import { learnKinds } from "./kinds.js";

const POLL = 20_000;
const CLOSED = "patchbay.closed";
const MOST_CLOSED = 5;
const SPOKEN = new Set(["message_received", "message_sent"]);

class Desk extends Topics {
  agent = null;
  offers = [];
  work = [];
  closed = JSON.parse(sessionStorage.getItem(CLOSED) ?? "[]");
  waiting = {};
  dispositions = [];
  scale = 5;
  selected = null;
  notice = null;
  taking = "";
  #seen = new Map();
  #watched = new Set();
  #poll = 0;

  live = new LiveSocket((frame) => this.#receive(frame));
  talks = new Conversations(this, this.live);

  constructor() {
    super();
    this.live.on("state", () => this.announce("link"));
    this.live.on("open", () => this.#reconnected());
  }

  async start() {
    await this.refresh();
    this.live.start();
    clearInterval(this.#poll);
    // Frames are hints and may be lost; asking now and then makes sure that nothing stays unseen.
    this.#poll = setInterval(() => document.hidden || this.refresh().catch(() => {}), POLL);
  }

  stop() {
    clearInterval(this.#poll);
    this.live.stop();
    Object.assign(this, { agent: null, offers: [], work: [], closed: [], selected: null });
    sessionStorage.removeItem(CLOSED);
    this.talks.forget();
  }

  async refresh() {
    const me = await get("/me");
    prefer(me.agent.language);
    learnChannels(me.channels);
    learnKinds(me.kinds);
    const { agent, offers, cases: work, waiting, dispositions, survey } = me;
    Object.assign(this, { agent, offers, work, waiting: waiting ?? {}, dispositions, scale: survey?.scale ?? 5 });
    this.watch();
    if (this.selected && !this.item(this.selected)) this.select(null);
    this.#sameName();
    // A merge gives the case another customer: then that timeline is to be opened.
    if (this.current && !this.talks.timeline(this.current.customer_id).loaded) this.talks.open(this.current.customer_id);
    if (this.current) this.talks.lookAgain(this.current.customer_id);
    this.announce("me", "offers", "work");
  }

  /** A case of ours, or one this tab has closed: to be read, for the score may come later. */
  item(caseId) {
    const fits = (item) => item.case_id === caseId;
    return this.work.find(fits) ?? this.closed.find(fits);
  }

  get current() {
    return this.item(this.selected) ?? null;
  }

  /** What the open customer is called, "" if nobody knows: the card knows it first. */
  get customerName() {
    const { customer_id: id, customer_name: listed } = this.current ?? {};
    return this.talks.cards.get(id)?.name || listed || "";
  }

  /** What an actor of the open timeline is called, "" if nobody said so yet. */
  names(actor) {
    return (this.current && this.talks.timeline(this.current.customer_id).names.get(actor)) ?? "";
  }

  select(caseId) {
    if (this.selected === caseId) return;
    this.selected = caseId;
    this.announce("selected", "work", "timeline", "card");
    if (this.current) this.talks.open(this.current.customer_id);
  }

  /** Unread by the server's count, until this desk has shown what came last. */
  unread(item) {
    const shown = item.case_id === this.selected && !document.hidden;
    if (shown) this.#seen.set(item.case_id, item.last_at);
    return (this.#seen.get(item.case_id) ?? "") >= item.last_at ? 0 : item.unread;
  }

  liveOffers() {
    return this.offers.filter((offer) => Date.parse(offer.until) > serverNow());
  }

  async accept(offer) {
    // Pressed twice is once: the second answer would say that the offer is gone.
    if (this.taking === offer.offer_id) return;
    this.taking = offer.offer_id;
    this.announce("offers");
    const taken = await this.attempt(() => post(`/offers/${offer.offer_id}/accept`));
    this.taking = "";
    this.#withdraw(offer.offer_id);
    await this.refresh().catch(() => {});
    if (!taken) return;
    this.select(taken.case_id);
    this.announce("write-reply");
  }

  async decline(offer) {
    this.#withdraw(offer.offer_id);
    await this.attempt(() => post(`/offers/${offer.offer_id}/decline`));
    await this.refresh().catch(() => {});
  }

  async setPresence(presence) {
    const answer = await this.attempt(() => call("PUT", "/me/presence", { presence }));
    if (answer) this.agent = { ...this.agent, ...answer.agent };
    this.announce("me", "work");
  }

  /** `key` names this closing: sent again after a lost answer, it is the same one. */
  async close(item, disposition, note, key) {
    const { customer_id } = item;
    await post(`/cases/${item.case_id}/close`, { customer_id, disposition, note, key });
    this.work = this.work.filter((one) => one !== item);
    this.#remember(item);
    this.tell(say("close.done", { number: item.number }), "good");
    this.select(this.work[0]?.case_id ?? null);
    await this.refresh().catch(() => {});
  }

  /** Ids and what the list shows, no words: gone with the tab, and with the sign-out. */
  #remember({ case_id, customer_id, customer_name, number, channel, opened_at }) {
    const kept = { case_id, customer_id, customer_name, number, channel, opened_at, state: "closed" };
    const others = this.closed.filter((one) => one.case_id !== case_id);
    this.closed = [kept, ...others].slice(0, MOST_CLOSED);
    sessionStorage.setItem(CLOSED, JSON.stringify(this.closed));
  }

  askCode(item, phone, key) {
    const { customer_id } = item;
    return post(`/cases/${item.case_id}/proofs`, { customer_id, phone, key });
  }

  /** Do it, and tell the reader in a sentence if it fails; undefined then. */
  async attempt(action) {
    try {
      return await action();
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      this.tell(failure.sentence);
    }
  }

  tell(sentence, tone = "bad") {
    this.notice = sentence && { sentence, tone };
    this.announce("notice");
  }

  #withdraw(offerId) {
    this.offers = this.offers.filter((offer) => offer.offer_id !== offerId);
    this.announce("offers");
  }

  /** Watch the customers of our cases; of a merged one each member, for entries lie under theirs. */
  watch() {
    if (!this.live.open) return;
    const ids = [...this.work, ...this.closed].flatMap(({ customer_id: id }) => [id, ...this.talks.timeline(id).members]);
    const wanted = new Set(ids);
    for (const id of wanted) if (!this.#watched.has(id)) this.live.send({ action: "watch", customer_id: id });
    // A merge names another customer; who belongs to it is known once its timeline is here. Until then none is let go.
    const known = !this.current || this.talks.timeline(this.current.customer_id).loaded;
    for (const id of this.#watched) {
      if (wanted.has(id)) continue;
      if (known) this.live.send({ action: "unwatch", customer_id: id });
      else wanted.add(id);
    }
    this.#watched = wanted;
  }

  /** Who has no name is called by where they wrote last: then card and list say the same. */
  #sameName() {
    const { customer_id, customer_name } = this.current ?? {};
    const card = this.talks.cards.get(customer_id);
    if (card && customer_name && this.current.state !== "closed" && card.name !== customer_name) {
      this.talks.loadCard(customer_id).catch(() => {});
    }
  }

  #reconnected() {
    this.#watched.clear();
    this.watch();
    this.talks.catchUp();
    this.refresh().catch(() => {});
  }

  #receive(frame) {
    const take = {
      entry: ({ entry }) => this.#entered(entry),
      work_changed: () => this.refresh().catch(() => {}),
      ack: ({ key, entry }) => this.talks.acknowledged(key, entry),
      error: (error) => this.#failed(error),
    };
    take[frame.type]?.(frame);
  }

  #failed(error) {
    if (error.code === "no_connection") this.live.renew();
    else if (!this.talks.failed(error.key, error)) this.tell(new Failure(400, error).sentence);
  }

  #entered(entry) {
    const change = this.talks.arrived(entry);
    const item = this.work.find((one) => (entry.case_id ? one.case_id === entry.case_id : one.customer_id === entry.customer_id));
    if (!item || change === "changed" || !SPOKEN.has(entry.kind) || entry.at <= item.last_at) return;
    const from = entry.actor;
    const unread = from === "customer" ? item.unread + 1 : item.unread;
    Object.assign(item, { last_at: entry.at, last_text: entry.text, last_from: from, channel: entry.channel, unread });
    this.announce("work");
  }
}

export const desk = new Desk();
