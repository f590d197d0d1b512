/**
 * What stands in a timeline, line by line: days and cases marked, offers that came to nothing folded into one line.
 * Nothing is drawn here. A timeline that only grew at its end is not gone through again.
 */

import { nameOf } from "./timeline.js";
import { dayKey } from "../kit/times.js";

// Consecutive messages of one person on one channel read as one: the head is said again after this pause.
const PAUSE = 5 * 60_000;
const HIDDEN = new Set(["audited", "presence_changed"]);
// That a telephone rings stands in the panel of the call; what became of it, here.
const RINGS = new Set(["claimed", "dialled", "ringing", "unknown"]);
// One line for each offer: what became of it says that it was made.
const SETTLES = new Set(["offer_ended", "assigned"]);

export class Lines {
  items = [];
  /** The line of each case that was written last: what it says of now is said there alone. */
  newest = new Map();
  #timeline = null;
  #revision = 0;
  #done = 0;
  #last = null;
  #case = "";
  #day = "";
  #rings = new Set();
  #settled = new Set();
  #turns = new Map();

  /**
   * The lines of a timeline, {key, type, …}: `day` (`at`) and `case` (`caseId`), `entry` (`joined`: said by whom the line
   * before was), `passed` (`ids` of the offers, `open`), and at the end `pending` (`one`). `open`: keys of what is unfolded.
   */
  of(timeline, open) {
    const order = timeline.order();
    if (this.#isOther(timeline, order)) this.#begin(timeline);
    this.#settle(order.slice(this.#done).map(({ id }) => timeline.entries.get(id)));
    for (; this.#done < order.length; this.#done += 1) this.#add(timeline.entries.get(order[this.#done].id), open);
    return timeline.pending.length ? [...this.items, ...this.#pending(timeline.pending)] : this.items;
  }

  /** Unfolded or folded again: all is gone through anew. */
  forget() {
    this.#timeline = null;
  }

  /** The key of the line that shows an entry: its own, or that of the fold it lies in; undefined if none does. */
  place(id) {
    return this.items.find(({ key, ids }) => key === id || ids?.includes(id))?.key;
  }

  #isOther(timeline, order) {
    if (timeline !== this.#timeline || timeline.revision !== this.#revision) return true;
    const news = order.slice(this.#done).map(({ id }) => timeline.entries.get(id));
    return news.some(({ kind, facts }) => SETTLES.has(kind) && this.#rings.has(facts?.offer_id));
  }

  #begin(timeline) {
    Object.assign(this, { items: [], newest: new Map() });
    [this.#timeline, this.#revision, this.#done, this.#last, this.#case, this.#day] = [timeline, timeline.revision, 0, null, "", ""];
    this.#rings = new Set();
    this.#turns = new Map();
    this.#settled = new Set();
  }

  /** An offer and its end may come together, as when a page is loaded: the end is known before the offer is drawn. */
  #settle(news) {
    for (const { kind, facts } of news) if (SETTLES.has(kind)) this.#settled.add(facts?.offer_id);
  }

  #add(entry, open) {
    const { kind, facts = {}, case_id: caseId } = entry;
    if (kind === "leg_changed" && RINGS.has(facts.state)) return;
    if ((HIDDEN.has(kind) && facts.action !== "abuse_warned") || (kind === "offer_made" && this.#settled.has(facts.offer_id))) return;
    if (kind === "offer_made") this.#rings.add(facts.offer_id);
    const day = dayKey(entry.at);
    if (day !== this.#day) this.#mark({ key: `day ${day}`, type: "day", at: entry.at, loose: true });
    if (caseId && (facts.reopened || caseId !== this.#case)) this.#markCase(entry);
    const joined = follows(this.#last, entry, day === this.#day);
    this.#day = day;
    this.#case = caseId || this.#case;
    this.#last = entry;
    const own = { key: nameOf(entry), type: "entry", joined };
    if (passed(entry)) this.#fold(own, open);
    else this.items.push(own);
  }

  #markCase({ case_id: caseId, facts }) {
    const key = this.#mark({ key: `case ${caseId}`, type: "case", caseId, reopened: Boolean(facts?.reopened), loose: true });
    this.newest.set(caseId, key);
  }

  /** A mark may come again: then its key says which time it is. */
  #mark(item) {
    const turn = (this.#turns.get(item.key) ?? 0) + 1;
    this.#turns.set(item.key, turn);
    if (turn > 1) item.key += ` ${turn}`;
    this.items.push(item);
    return item.key;
  }

  /** Offers that came to nothing one after the other are one line from the second on; what it hides is its `ids`. */
  #fold(own, open) {
    const before = this.items.at(-1);
    const fold = before?.fold ?? before;
    if (fold?.type === "passed") fold.ids = [...fold.ids, own.key];
    else if (before?.passed) this.#foldWith(before, own, open);
    else return this.items.push({ ...own, passed: true });
    const now = before?.fold ?? this.items.findLast(({ type }) => type === "passed");
    if (now.open) this.items.push({ ...own, fold: now });
  }

  #foldWith(first, own, open) {
    const key = `passed ${first.key}`;
    const fold = { key, type: "passed", ids: [first.key, own.key], open: open.has(key) };
    this.items.splice(-1, 1, fold, ...(fold.open ? [{ ...first, fold }] : []));
  }

  #pending(going) {
    let [day, latest] = [this.#day, this.#last?.at ?? ""];
    return going.flatMap((one) => {
      const line = { key: one.key, type: "pending", one };
      if (one.at <= latest) return [line];
      latest = one.at;
      if (dayKey(one.at) === day) return [line];
      day = dayKey(one.at);
      return [{ key: `day ${day}`, type: "day", at: one.at, loose: true }, line];
    });
  }
}

const passed = ({ kind, facts }) => kind === "offer_ended" && facts?.how !== "accepted";

const follows = (last, entry, sameDay) =>
  Boolean(last) && sameDay && last.kind === entry.kind && last.actor === entry.actor && last.channel === entry.channel &&
  last.case_id === entry.case_id && Date.parse(entry.at) - Date.parse(last.at) < PAUSE;
