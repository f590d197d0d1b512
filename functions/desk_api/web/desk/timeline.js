/**
 * A customer's timeline as this desk knows it: entries by seq, plus what is on its way and has no seq yet.
 * `whole` is the n of "after n": everything up to it is here, so a hole or a reconnect asks from there.
 */

const RANK = { held: 0, queued: 1, sending: 2, unknown: 3, sent: 4, delivered: 5, failed: 5, read: 6, withdrawn: 7 };
// No frame says that the carrier took it, so "sent" may be old news as well.
const ON_ITS_WAY = new Set(["held", "queued", "sending", "sent"]);
const LOOK_BACK = 50;
const ORDER = (a, b) => a.moment - b.moment || a.seq - b.seq;

/** An entry's name in its timeline: members of a merged customer were numbered apart. */
export const nameOf = ({ customer_id, seq }) => `${customer_id}/${seq}`;

export class Timeline {
  entries = new Map();
  pending = [];
  names = new Map();
  #heard = new Map();
  whole = 0;
  first = 0;
  loaded = false;
  /** Whether somebody wanted to read it. */
  opened = false;
  /** It could not be had when it was last asked for. */
  lost = false;
  /** Another one whenever the order changed elsewhere than at its end. */
  revision = 0;
  #order = null;
  #latest = new Map();
  #members = new Set();

  /** Take an entry from anywhere (frame, page, answer): "new", "changed" or "same". `key` is that of our own reply. */
  take(entry, key = "") {
    const id = nameOf(entry);
    const known = this.entries.get(id);
    if (known && !rises(known, entry)) return "same";
    this.entries.set(id, entry);
    this.#members.add(entry.customer_id);
    if (!known) this.#append(id, entry);
    // Frames carry no names: who was named once stays known.
    if (entry.actor_name) this.names.set(entry.actor, entry.actor_name);
    if (entry.facts?.agent_name) this.names.set(`agent:${entry.facts.agent}`, entry.facts.agent_name);
    if (entry.facts?.to_agent_name) this.names.set(`agent:${entry.facts.to_agent}`, entry.facts.to_agent_name);
    if (entry.kind === "message_received") this.#hear(entry);
    if (entry.seq === this.whole + 1) this.whole = entry.seq;
    if (!known) this.settle(entry, key);
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

  /** It was opened, and its lines are not here yet. */
  get isComing() {
    return this.opened && !this.loaded;
  }

  /** The members of a merged customer whose entries are here. */
  get members() {
    return [...this.#members];
  }

  drop(key) {
    this.pending = this.pending.filter((one) => one.key !== key);
  }

  /** Lets go of all but the newest `most` entries; they are a page of "earlier" again. */
  trim(most) {
    const order = this.order();
    if (order.length <= most || this.#members.size > 1) return;
    for (const { id } of order.slice(0, -most)) this.entries.delete(id);
    this.first = order.at(-most).seq - 1;
    this.#anew();
  }

  /** Entries in the order they happened. */
  ordered() {
    return this.order().map(({ id }) => this.entries.get(id));
  }

  /**
   * The names of the entries in the order they happened; the same list grows at its end until `revision` is another.
   * Within one member's numbers the seq decides; members of a merged customer were numbered apart, so among them time
   * does (never running backwards within a member).
   */
  order() {
    if (this.#order) return this.#order;
    this.#latest.clear();
    const bySeq = [...this.entries.values()].sort((a, b) => a.seq - b.seq);
    this.#order = bySeq.map((entry) => this.#placed(nameOf(entry), entry)).sort(ORDER);
    return this.#order;
  }

  #placed(id, { customer_id: member, seq, at }) {
    const moment = Math.max(Date.parse(at), this.#latest.get(member) ?? 0);
    this.#latest.set(member, moment);
    return { id, seq, moment };
  }

  /** What comes last is put last; everything else orders them anew. */
  #append(id, entry) {
    const last = this.#order?.at(-1);
    if (!this.#order) return;
    const one = this.#placed(id, entry);
    const fits = !last || (ORDER(last, one) < 0 && (this.#members.size === 1 ? last.seq < one.seq : last.moment < one.moment));
    if (fits) this.#order.push(one);
    else this.#anew();
  }

  #anew() {
    this.#order = null;
    this.revision += 1;
  }

  /** The entry may come before the answer that names its key: then it is known by key, seq, or its words. */
  settle(entry, key = "") {
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
