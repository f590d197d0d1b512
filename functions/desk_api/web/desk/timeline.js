/**
 * A customer's timeline as this desk knows it: entries by seq, plus what is on its way and has no seq yet.
 * `whole` is the n of "after n": everything up to it is here, so a hole or a reconnect asks from there.
 */

const RANK = { held: 0, queued: 1, sending: 2, unknown: 3, sent: 4, delivered: 5, failed: 5, read: 6, withdrawn: 7 };
// No frame says that the carrier took it, so "sent" may be old news as well.
const ON_ITS_WAY = new Set(["held", "queued", "sending", "sent"]);
const LOOK_BACK = 50;
const ORDER = (a, b) => a.moment - b.moment || a.entry.seq - b.entry.seq;

export class Timeline {
  entries = new Map();
  pending = [];
  names = new Map();
  #heard = new Map();
  whole = 0;
  first = 0;
  loaded = false;

  /** Take an entry from anywhere (frame, page, answer): "new", "changed" or "same". `key` is that of our own reply. */
  take(entry, key = "") {
    const id = `${entry.customer_id}/${entry.seq}`;
    const known = this.entries.get(id);
    if (known && !rises(known, entry)) return "same";
    this.entries.set(id, entry);
    // Frames carry no names: who was named once stays known.
    if (entry.actor_name) this.names.set(entry.actor, entry.actor_name);
    if (entry.facts?.agent_name) this.names.set(`agent:${entry.facts.agent}`, entry.facts.agent_name);
    if (entry.facts?.to_agent_name) this.names.set(`agent:${entry.facts.to_agent}`, entry.facts.to_agent_name);
    if (entry.kind === "message_received") this.#hear(entry);
    if (entry.seq === this.whole + 1) this.whole = entry.seq;
    if (!known) this.#settle(entry, key);
    return known ? "changed" : "new";
  }

  /** The channel the customer wrote on last in a case ("" when nothing of theirs is here), when, and since when. */
  heardOn(caseId) {
    return this.#heard.get(caseId) ?? { channel: "", at: "", since: "" };
  }

  #hear({ case_id: caseId, channel, at, seq }) {
    const known = this.#heard.get(caseId);
    if (known && (known.at > at || (known.at === at && known.seq > seq))) return;
    const since = known && known.channel === channel ? known.since : at;
    this.#heard.set(caseId, { channel, at, seq, since });
  }

  /** Whether something between what is here and this entry has not come. */
  misses(entry) {
    return this.loaded && entry.seq > this.whole;
  }

  /** A page of the API came: it is whole up to its end. */
  takePage(items, start) {
    const news = items.filter((entry) => this.take(entry) === "new");
    this.whole = Math.max(this.whole, start, ...items.map((entry) => entry.seq));
    return news;
  }

  /** The n of "after n" that brings news of what is still on its way as well. */
  get settled() {
    const going = [...this.entries.values()].filter((entry) => ON_ITS_WAY.has(entry.delivery) || coming(entry)).map((entry) => entry.seq - 1);
    return Math.max(0, this.whole - LOOK_BACK, Math.min(this.whole, ...going));
  }

  /** The members of a merged customer whose entries are here. */
  get members() {
    return [...new Set([...this.entries.values()].map((entry) => entry.customer_id))];
  }

  drop(key) {
    this.pending = this.pending.filter((one) => one.key !== key);
  }

  /**
   * Entries in the order they happened. Within one member's numbers the seq decides; members of a merged
   * customer were numbered apart, so among them time does (never running backwards within a member).
   */
  ordered() {
    const latest = new Map();
    const bySeq = [...this.entries.values()].sort((a, b) => a.seq - b.seq);
    const placed = bySeq.map((entry) => {
      const moment = Math.max(Date.parse(entry.at), latest.get(entry.customer_id) ?? 0);
      latest.set(entry.customer_id, moment);
      return { entry, moment };
    });
    return placed.sort(ORDER).map(({ entry }) => entry);
  }

  /** The entry may come before the answer that names its key: then it is known by key, seq, or its words. */
  #settle(entry, key) {
    if (!isOurs(entry)) return;
    const named = key || entry.facts?.key;
    const mine =
      this.pending.find((one) => named && one.key === named) ??
      this.pending.find((one) => one.seq === entry.seq) ??
      this.pending.find((one) => !one.seq && !named && sameWords(one, entry));
    if (mine) this.drop(mine.key);
  }
}

const isOurs = (entry) => entry.kind === "message_sent" || entry.kind === "note_added";

const sameWords = (one, entry) =>
  one.state !== "refused" &&
  one.kind === entry.kind &&
  one.actor === entry.actor &&
  one.text.trim() === entry.text.trim() &&
  (one.kind === "note_added" || one.channel === entry.channel);

const rises = (known, entry) =>
  ((RANK[entry.delivery] ?? -1) > (RANK[known.delivery] ?? -1) && known.delivery !== entry.delivery) || coming(entry) < coming(known);

/** How many of its files are still on their way: what became of one is final. */
const coming = (entry) => (entry.files ?? []).filter(({ state }) => state === "waiting").length;
