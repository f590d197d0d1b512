/**
 * The cases this desk shows: the agent's own, those this tab has closed, and one that is only read because
 * somebody else has it, or nobody yet.
 */

import { tab } from "./tab.js";

const MOST_CLOSED = 5;
const SPOKEN = new Set(["message_received", "message_sent"]);

export class Cases {
  work = [];
  consults = [];
  closed = [];
  reading = null;
  #seen = new Map();

  resume() {
    this.closed = tab.get("closed") ?? [];
  }

  forget() {
    Object.assign(this, { work: [], consults: [], closed: [], reading: null });
  }

  find(caseId) {
    const fits = (item) => item.case_id === caseId;
    return this.work.find(fits) ?? this.consults.find(fits) ?? (this.reading && fits(this.reading) ? this.reading : this.closed.find(fits));
  }

  isMine(item) {
    return this.work.some((one) => one.case_id === item?.case_id);
  }

  isConsult(item) {
    return this.consults.some((one) => one.case_id === item?.case_id);
  }

  /** As the list shows them: who spoke last is first. */
  get ordered() {
    return [...this.work].sort((a, b) => (a.last_at < b.last_at ? 1 : -1));
  }

  /** Below the agent's own: what is read, then what was closed. */
  get others() {
    const known = [this.reading, ...this.closed.filter((one) => one.case_id !== this.reading?.case_id)];
    return known.filter((item) => item && !this.isMine(item) && !this.isConsult(item));
  }

  read({ case_id, customer_id, customer_name, number, channel, opened_at, state }) {
    this.reading = { case_id, customer_id, customer_name, number, channel, opened_at, state };
  }

  /** Ids and what the list shows, no words: gone with the tab, and with the sign-out. */
  remember({ case_id, customer_id, customer_name, number, channel, opened_at }) {
    const kept = { case_id, customer_id, customer_name, number, channel, opened_at, state: "closed" };
    this.work = this.work.filter((one) => one.case_id !== case_id);
    if (this.reading?.case_id === case_id) this.reading = null;
    this.closed = [kept, ...this.closed.filter((one) => one.case_id !== case_id)].slice(0, MOST_CLOSED);
    tab.set("closed", this.closed);
  }

  /** The newest line leads its case, whichever exchange it was said in. True when the list shows it now. */
  said({ case_id: caseId, customer_id: customerId, kind, at, text, actor, channel }) {
    const item = this.work.find((one) => (caseId ? one.case_id === caseId : one.customer_id === customerId));
    if (!item || !SPOKEN.has(kind) || at <= item.last_at) return false;
    const answered = actor.startsWith("agent:");
    const unread = answered ? 0 : item.unread + (actor === "customer" ? 1 : 0);
    const waiting_since = answered ? null : item.waiting_since ?? (actor === "customer" ? at : null);
    Object.assign(item, { last_at: at, last_text: text, last_from: actor, channel, unread, waiting_since });
    return true;
  }

  /** Unread by the server's count, until this desk has shown what came last. */
  unread(item, shown) {
    if (shown) this.#seen.set(item.case_id, item.last_at);
    return (this.#seen.get(item.case_id) ?? "") >= item.last_at ? 0 : item.unread;
  }
}

/**
 * Who has a case that is looked at: `is` is mine, colleague, asked (it is offered to us), offered, waiting, snoozed (by us), closed,
 * or "" while the card is not here yet. Only a case of ours is answered; every other one is read.
 */
export function standing(item, card, mine, me) {
  if (mine) return { is: "mine" };
  const kept = card?.cases.find((one) => one.case_id === item.case_id);
  if (!kept) return { is: item.state === "closed" ? "closed" : "" };
  const own = kept.owner === me;
  if (own && kept.snoozed_until) return { is: "snoozed", kept };
  const is = { closed: "closed", waiting: "waiting", later: "later", offered: own ? "asked" : "offered", owned: own ? "" : "colleague" };
  return { is: is[kept.state] ?? "", agent: kept.owner_name, kept };
}
