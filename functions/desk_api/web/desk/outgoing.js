/** What the agent is writing and has sent: drafts, and what is on its way and has no entry yet. */

import { Failure, post } from "../kit/api.js";
import { Attachments } from "./attachments.js";
import { Drafts, NOTE } from "./drafts.js";
import { tab } from "./tab.js";

const ACK_WAIT = 5000;
const KEPT_WAIT = 4000;
const LONGEST_WAIT = 60_000;

export class Outgoing {
  drafts = new Drafts();
  attached;
  #held = new Map();
  #desk;
  #live;
  #talks;

  constructor(desk, live, talks) {
    this.#desk = desk;
    this.#live = live;
    this.#talks = talks;
    this.attached = new Attachments(desk);
    desk.on("timeline", () => tab.set("outbox", this.#outbox().map(({ timer, ...one }) => one)));
  }

  /** What this tab kept: texts being written, and what was on its way, which goes out again under its key. */
  resume() {
    this.drafts.resume();
    const outbox = tab.get("outbox") ?? [];
    for (const one of outbox) {
      const state = one.state === "refused" ? "refused" : "kept";
      this.#talks.timeline(one.customer_id).pending.push({ ...one, state });
    }
    this.flush();
    if (tab.get("then")?.length) later(({ resume }) => resume(this.#desk));
  }

  /** What waits for a connection is tried again. */
  flush() {
    for (const one of this.#outbox()) if (one.state === "kept") this.#post(one);
  }

  /** A merge gives a case another customer: what is on its way there goes along. */
  follow() {
    for (const [customerId, timeline] of this.#talks.timelines) {
      for (const one of timeline.pending) {
        const now = this.#desk.item(one.case_id)?.customer_id ?? customerId;
        if (now === customerId) continue;
        timeline.drop(one.key);
        this.#talks.timeline(now).pending.push(one);
      }
    }
  }

  /** `used`: the saved reply it was made from, with what that does once it has left (`then`). */
  reply(item, { channel, address, text, files, template, used, html }) {
    const beside = { ...(files.length && { files }), ...(template && { template }), ...(used && { used, saved: used.code }), ...(html && { html }) };
    this.#write(item, { kind: "message_sent", channel, address, text, ...beside, ...(used?.actions.length && { then: used.actions }) });
  }

  /** The colleagues whose names stand in it are told. */
  note(item, text) {
    const called = this.drafts.calledIn(item.case_id, text);
    this.drafts.hangUp(item.case_id);
    this.#write(item, { kind: "note_added", channel: "", text, ...(called.length && { called }) });
  }

  /** The answer to a reply by socket is the entry itself: no frame follows until its delivery state rises. */
  acknowledged(key, entry) {
    const [customerId, timeline, one] = this.#pending(key);
    if (!one) return;
    clearTimeout(one.timer);
    timeline.take(entry, key);
    timeline.drop(key);
    this.#desk.said(entry);
    this.#written(one, entry);
    this.#talks.fill(customerId, entry);
    this.#desk.announce("timeline");
  }

  /** What the socket could not take goes by HTTP; what the server refused stays in sight. False: not ours. */
  failed(key, error) {
    const [, timeline, one] = this.#pending(key);
    if (!one) return false;
    if (error.code === "try_again") this.#post(one);
    else this.#refused(one, new Failure(400, error));
    return true;
  }

  again(one) {
    this.#post(one);
  }

  #write(item, words) {
    const timeline = this.#talks.timeline(item.customer_id);
    const actor = `agent:${this.#desk.agent.id}`;
    const base = { key: crypto.randomUUID(), customer_id: item.customer_id, case_id: item.case_id, actor };
    const one = { ...base, ...words, version: timeline.whole, at: new Date().toISOString(), state: "pending" };
    timeline.pending.push(one);
    this.#desk.announce("timeline");
    // The socket carries words alone.
    if (one.kind === "note_added" || one.files || one.template || one.saved || one.html || !this.#live.send({ action: "reply", ...replyBody(one), case_id: one.case_id })) {
      this.#post(one);
    } else {
      // The key makes the second way harmless: whichever arrives first is written, the other is the same reply.
      one.timer = setTimeout(() => this.#post(one), ACK_WAIT);
    }
  }

  /** It stays in sight with the reason, to be changed or sent again. */
  #refused(one, failure) {
    clearTimeout(one.timer);
    Object.assign(one, { state: "refused", reason: failure.sentence });
    this.#desk.announce("timeline");
  }

  async #post(one) {
    const [, timeline] = this.#pending(one.key);
    if (!timeline || one.seq) return;
    clearTimeout(one.timer);
    one.state = "pending";
    try {
      const entry = await this.deliver(one);
      timeline.take(entry, one.key);
      timeline.drop(one.key);
      this.#desk.said(entry);
      this.#written(one, entry);
    } catch (failure) {
      if (!failure.passing) return this.#refused(one, failure);
      one.state = "kept";
      one.tried = (one.tried ?? 0) + 1;
      one.timer = setTimeout(() => this.#post(one), Math.min(LONGEST_WAIT, KEPT_WAIT * 2 ** (one.tried - 1)));
    }
    this.#desk.announce("timeline");
  }

  /** The line that it became. */
  async deliver({ kind, case_id, called, ...one }) {
    const { key, customer_id, text } = one;
    const mentions = called?.map(({ id }) => id);
    const [path, body] = kind === "message_sent" ? ["replies", replyBody(one)] : ["notes", { key, customer_id, text, ...(mentions && { mentions }) }];
    return (await post(`/cases/${case_id}/${path}`, body)).entry;
  }

  /** While a reply is held, what it was made of is remembered: taken back, it is written on. */
  #written(one, entry) {
    if (entry.delivery === "held") this.#held.set(entry.id, one);
    if (one.then) later(({ afterwards }) => afterwards(this.#desk, one, entry));
  }

  /** A reply that is held is taken back, into the composer. `key` names this wish. */
  async withdraw(entry, caseId, customerId, key) {
    const told = { key, customer_id: customerId, member: entry.customer_id, seq: entry.seq };
    const { entry: line } = await post(`/cases/${caseId}/withdraw`, told);
    const { files, used, then } = this.#held.get(entry.id) ?? {};
    if (then) later(({ forget }) => forget(entry.id));
    this.#talks.timeline(customerId).take({ ...entry, delivery: "withdrawn", held_until: null });
    this.#talks.timeline(customerId).take(line);
    this.attached.restore(caseId, files);
    if (used) this.drafts.equip(caseId, { saved: used });
    this.rewrite(caseId, entry.text);
    this.#desk.announce("timeline");
  }

  /** Take a refused message back into the composer. */
  edit(one) {
    this.#pending(one.key)[1]?.drop(one.key);
    if (this.#desk.item(one.case_id)) this.#desk.select(one.case_id);
    this.attached.restore(one.case_id, one.files);
    if (one.called) this.drafts.call(one.case_id, one.called);
    if (one.used) this.drafts.equip(one.case_id, { saved: one.used });
    if (!one.template) this.rewrite(one.case_id, one.text, one.kind === "note_added" ? NOTE : "");
    this.#desk.announce("timeline");
  }

  /** Into the composer again, to go by whichever way stands there. */
  rewrite(caseId, text, place = "") {
    this.drafts.add(caseId, place, text);
    this.#desk.announce("draft", place === NOTE ? "write-note" : "write-reply");
  }

  #outbox() {
    return [...this.#talks.timelines.values()].flatMap(({ pending }) => pending);
  }

  #pending(key) {
    for (const [id, timeline] of this.#talks.timelines) {
      const one = timeline.pending.find((candidate) => candidate.key === key);
      if (one) return [id, timeline, one];
    }
    return [];
  }
}

const later = (then) => import("./saved/later.js").then(then);

const replyBody = ({ key, customer_id, channel, address, text, version, files, template, saved, html }) => ({
  key, customer_id, channel, address, text, version, files, template, saved, html,
});
