/** What was said, and what is still to be said: kept in this browser, and the same in every tab of it. */

import { Files } from "./files.js";
import { Line } from "./line.js";
import { added, begunAnew, keyOf, marked, merge, read, unread, visitorOf } from "./record.js";
import { Place } from "./place.js";
import { keep, kept } from "./storage.js";

const KEPT = "patchbay.chat";
const DRAFT = "patchbay.chat.draft";
// API Gateway ends a silent connection after 10 minutes; a visitor silent for an hour should cost nothing.
const KEEP_ALIVE = 5 * 60_000;
const IDLE = 60 * 60_000;
const OTHER_TABS_TURN = 6000;
const MOST_REPEATS = 6;

// Not crypto.randomUUID: a page that came over http:// has none.
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Talk extends EventTarget {
  #asked = {};
  #socketOf = "";
  #timers = {};
  #lastUse = Date.now();
  #language = "en";
  #watched = false;
  files = new Files(this);
  place = new Place(this);
  #draft = kept("sessionStorage", DRAFT);
  /** How often what was not answered was sent again, by the frame's id. */
  repeats = new Map();
  record = read(kept("localStorage", KEPT));

  constructor(origin) {
    super();
    this.origin = origin;
    this.line = new Line(origin, this);
    addEventListener("storage", ({ key }) => key === KEPT && this.#agree());
    document.addEventListener("visibilitychange", () => !document.hidden && this.begun && this.connect());
  }

  get begun() {
    return this.record.items.length > 0;
  }

  get unread() {
    return unread(this.record);
  }

  /** Why nothing comes and goes just now: offline, lost (something waits), connecting, or "". */
  get trouble() {
    if (!this.line.wanted || (this.line.open && navigator.onLine)) return "";
    if (!navigator.onLine) return "offline";
    return this.record.items.some(isSending) ? "lost" : "connecting";
  }

  get draft() {
    return this.#draft;
  }

  set draft(text) {
    if (text) this.place.types();
    keep("sessionStorage", DRAFT, (this.#draft = text));
  }

  connect() {
    this.#lastUse = Date.now();
    this.line.connect();
  }

  /** What is shown is in this language, so what is said to the visitor shall be. */
  speak(language) {
    const other = language !== this.#language;
    this.#language = language;
    if (other) this.line.restart();
  }

  /** Whether somebody looks at the messages. */
  watch(watched) {
    this.#watched = this.place.watched = watched;
    this.#changed();
  }

  /** Shown at once, sent when there is a line, sent again with the same id until it is accepted. */
  say(frame, text, files) {
    const id = newId();
    const item = { id, mine: true, text, at: new Date().toISOString(), frame: { ...frame, id }, state: "sending", turn: 0, files };
    this.record = added(this.record, item);
    this.#go(id);
  }

  /** A choice is said in its own words; our question keeps what it offered. */
  choose({ seq }, { id, label }) {
    this.say({ action: "choose", choice: id, of: seq }, label);
  }

  score(item, score) {
    const frame = { action: "survey", id: newId(), score };
    this.#turn(item, { score, frame });
  }

  again(item) {
    this.#turn(item, {});
  }

  end() {
    this.line.tell({ action: "leave" });
    this.draft = "";
    this.record = begunAnew(this.record, { floor: this.record.after });
    this.#rest();
    this.#changed();
  }

  ticket() {
    this.#asked = { visitor: visitorOf(this.record), language: this.#language };
    return { visitor: this.record.visitor || undefined, language: this.#language };
  }

  /** Whether the ticket is for who we are: another tab may have become a visitor in the meantime. */
  admitted({ visitor }) {
    this.#agree();
    const before = visitorOf(this.record);
    if (before !== this.#asked.visitor || this.#language !== this.#asked.language) return false;
    const signed = this.record.signed + Number(visitor !== this.record.visitor);
    const unsent = this.record.items.filter((item) => item.mine && isSending(item));
    const other = before && visitorOf({ visitor }) !== before;
    // Another visitor is another conversation: its numbers begin anew.
    this.record = other ? begunAnew(this.record, { visitor, signed, after: 0, floor: 0, seen: 0, items: unsent }) : { ...this.record, visitor, signed };
    this.#socketOf = visitorOf(this.record);
    this.#changed();
    return true;
  }

  opened() {
    this.#hello();
    this.#sendWaiting();
    this.#changed();
  }

  heard(frame) {
    if (frame.type === "message") this.#arrived(frame);
    if (frame.type === "accepted") this.#answered(frame.id, { state: "accepted" });
    if (frame.type === "welcome") this.#welcomed(frame);
    if (frame.type === "error") this.#refused(frame);
    this.place.heard(frame);
  }

  /** A frame that is never answered, on however many connections, is given back to the visitor. */
  unanswered(key) {
    const times = (this.repeats.get(key) ?? 0) + 1;
    this.repeats.set(key, times);
    if (times > MOST_REPEATS) this.#answered(key, { state: "failed", reason: "" });
    this.changed();
  }

  /** A refused origin looks to a script like a lost network: whoever builds the site finds the hint in the console. */
  refused() {
    if (!this.record.visitor) console.info(`Patchbay chat: no answer. Is ${location.origin} among the AllowedOrigins of ${this.origin}?`);
  }

  changed() {
    this.dispatchEvent(new Event("changed"));
  }

  #turn(item, changes) {
    const turn = (item.turn ?? 0) + 1;
    this.record = marked(this.record, keyOf(item), { ...changes, state: "sending", reason: "", turn });
    this.#go(keyOf(item));
  }

  #go(key) {
    this.#changed();
    const { frame } = this.record.items.find((item) => keyOf(item) === key);
    this.repeats.delete(frame.id);
    this.#lastUse = Date.now();
    if (this.line.open) this.line.ask(frame.id, frame);
    else this.connect();
  }

  #sendWaiting() {
    for (const { frame } of this.record.items.filter(isSending)) if (!this.line.asks(frame.id)) this.line.ask(frame.id, frame);
  }

  /** Asks for what was said since; it keeps the connection open as well. */
  #hello(after = this.record.after) {
    clearTimeout(this.#timers.alive);
    if (Date.now() - this.#lastUse > IDLE) return this.#rest();
    this.line.ask("hello", { action: "hello", after });
    this.#timers.alive = setTimeout(() => this.#hello(), KEEP_ALIVE);
  }

  #rest() {
    clearTimeout(this.#timers.alive);
    this.line.rest();
  }

  #welcomed({ after, next }) {
    this.line.answered("hello");
    this.record = { ...this.record, after: Math.max(this.record.after, after) };
    if (next) this.#hello(next);
    this.#changed();
  }

  /** What only needs another try stays "sending", and is sent again like what was not answered. */
  #refused({ id, code, message }) {
    if (code === "no_connection") this.line.again();
    else if (id && code !== "try_again") this.#answered(id, { state: "failed", reason: message });
  }

  #answered(id, changes) {
    this.line.answered(id);
    this.repeats.delete(id);
    const item = this.record.items.find(({ frame }) => frame?.id === id);
    if (item) this.record = marked(this.record, keyOf(item), changes);
    this.#changed();
  }

  #arrived({ seq, at, text, kind, scale, choices, shown, files }) {
    this.line.tell({ action: "ack", seq });
    if (seq <= this.record.floor || this.record.items.some((item) => item.seq === seq)) return;
    this.#lastUse = Date.now();
    this.record = added(this.record, { seq, at, text, kind, scale, choices, shown, files });
    this.record = { ...this.record, after: Math.max(this.record.after, seq) };
    this.#changed();
  }

  /** Keeps what is known here and in the other tabs. Where there is no room for it, at least who this is. */
  #changed() {
    this.record = merge(this.record, read(kept("localStorage", KEPT)));
    const last = Math.max(0, ...this.record.items.map(({ seq }) => seq ?? 0));
    if (this.#watched) this.record = { ...this.record, seen: Math.max(this.record.seen, last) };
    const whole = JSON.stringify(this.record);
    if (whole !== kept("localStorage", KEPT) && !keep("localStorage", KEPT, whole)) {
      keep("localStorage", KEPT, JSON.stringify({ ...this.record, items: this.record.items.filter(isSending) }));
    }
    this.changed();
  }

  /** Another tab wrote. What it was about to send and did not, this one sends. */
  #agree() {
    const { epoch } = this.record;
    this.#changed();
    if (this.record.epoch !== epoch && !this.begun) this.#rest();
    else if (this.#socketOf && visitorOf(this.record) !== this.#socketOf) this.line.restart();
    clearTimeout(this.#timers.others);
    this.#timers.others = setTimeout(() => this.#sendWaiting(), OTHER_TABS_TURN);
  }
}

const isSending = ({ state }) => state === "sending";
