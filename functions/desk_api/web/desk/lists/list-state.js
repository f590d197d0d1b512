/** The list that is shown beside the agent's own cases: what is asked of it, what came, what is chosen of it. */

import { Failure, get } from "../../kit/api.js";
import { address, asked } from "../../kit/address.js";
import { Topics } from "../../kit/view.js";
import { desk } from "../desk-state.js";
import { actOn } from "./acting.js";

export const NAMES = ["waiting", "open", "mentions", "followed", "snoozed"];
export const FIELDS = ["queue", "channel", "owner", "state", "tag", "sort"];
export const MOST = 200; // of one act
const PAGES = 3; // that are read again while the list stands open
const EVERY = { waiting: 5000 };
const OTHERS = 15_000;
const AFTER_NEWS = 300;

class Lists extends Topics {
  name = "";
  which = {};
  items = [];
  next = null;
  total = 0;
  among = null;
  loaded = false;
  problem = "";
  chosen = new Map();
  work = null;
  #turn = 0;
  #timer = 0;
  #last = null;

  /** As the address of the page has it. */
  takeUpAddress() {
    const { list = "", ...query } = asked();
    const which = Object.fromEntries(FIELDS.filter((field) => query[field]).map((field) => [field, query[field]]));
    this.#show(NAMES.includes(list) ? list : "", which);
  }

  /** Another list, or other filters: "back" leads to what was before. */
  turn(name, which = {}) {
    address({ list: name, ...Object.fromEntries(FIELDS.map((field) => [field, name ? which[field] : ""])) }, { push: true });
    this.#show(name, which);
  }

  narrow(field, value) {
    this.turn(this.name, { ...this.which, [field]: value });
  }

  get query() {
    return new URLSearchParams([["list", this.name], ...Object.entries(this.which).filter(([, value]) => value)]).toString();
  }

  #show(name, which) {
    const same = name === this.name && JSON.stringify(which) === JSON.stringify(this.which);
    if (same && this.loaded) return;
    if (name !== this.name) this.work = null;
    Object.assign(this, { name, which, items: [], next: null, total: 0, among: null, loaded: false, problem: "", chosen: new Map() });
    this.#turn += 1;
    this.announce("list");
    if (name) this.load();
    this.#wait();
  }

  async load() {
    const turn = this.#turn;
    const wanted = Math.min(PAGES, Math.max(1, Math.ceil(this.items.length / 20)));
    const found = await this.#pages(wanted, turn);
    if (!found || turn !== this.#turn) return;
    const rest = found.next === null ? [] : this.items.slice(found.items.length);
    this.items = unique([...found.items, ...rest]);
    if (!rest.length) this.next = found.next;
    const there = new Map(this.items.map((item) => [item.case_id, item]));
    this.chosen = new Map([...this.chosen.keys()].filter((id) => there.has(id)).map((id) => [id, there.get(id)]));
    this.announce("list");
  }

  async #pages(most, turn) {
    let found = { items: [], next: "" };
    for (let n = 0; n < most && found.next !== null; n += 1) {
      const page = await this.#page(found.next);
      if (!page || turn !== this.#turn) return null;
      if (!n) Object.assign(this, { total: page.total, among: page.among });
      found = { items: [...found.items, ...page.items], next: page.next };
    }
    return found;
  }

  async #page(cursor) {
    const turn = this.#turn;
    try {
      const page = await get(`/lists/${this.name}?${new URLSearchParams({ ...this.which, ...(cursor && { cursor }) })}`);
      if (turn === this.#turn) Object.assign(this, { loaded: true, problem: "" });
      return page;
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      if (turn === this.#turn) (this.problem = failure.sentence), this.announce("list");
      return null;
    }
  }

  async more() {
    if (this.next === null || this.reading) return;
    this.reading = true;
    const turn = this.#turn;
    const page = await this.#page(this.next);
    this.reading = false;
    if (!page || turn !== this.#turn) return;
    this.items = unique([...this.items, ...page.items]);
    this.next = page.next;
    this.announce("list");
  }

  choose(item, chosen, range) {
    const at = this.items.findIndex((one) => one.case_id === item.case_id);
    const last = this.items.findIndex((one) => one.case_id === this.#last);
    const [from, to] = range && last >= 0 ? [Math.min(at, last), Math.max(at, last)] : [at, at];
    for (const one of this.items.slice(from, to + 1)) {
      if (!chosen) this.chosen.delete(one.case_id);
      else if (this.chosen.size < MOST) this.chosen.set(one.case_id, one);
    }
    this.#last = item.case_id;
    this.announce("list");
  }

  /** All that the list holds, up to what one act takes. */
  async chooseAll(chosen) {
    if (chosen) while (this.next !== null && this.items.length < MOST && !this.problem) await this.more();
    this.chosen = new Map((chosen ? this.items.slice(0, MOST) : []).map((item) => [item.case_id, item]));
    this.announce("list");
  }

  /** On all that are chosen; what was done is chosen no more, what failed stays to be seen. */
  async act(act, values = {}, key = crypto.randomUUID()) {
    this.work = { act, all: this.chosen.size, done: 0, failed: [], running: true };
    this.announce("list");
    const ended = await actOn(act, [...this.chosen.values()], values, key, (state) => {
      this.work = { ...state, running: true };
      this.announce("list");
    });
    this.work = { ...ended, running: false };
    for (const id of ended.ended) this.chosen.delete(id);
    await desk.refresh().catch(() => {});
    await this.load();
    this.announce("list");
    return ended;
  }

  /** Something of the agent's own work changed: the list may be another one. */
  news() {
    if (!this.name) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#again(), AFTER_NEWS);
  }

  #wait() {
    clearTimeout(this.#timer);
    if (this.name) this.#timer = setTimeout(() => this.#again(), EVERY[this.name] ?? OTHERS);
  }

  async #again() {
    if (!desk.agent) return this.#wait();
    if (!document.hidden && !this.work?.running) await this.load();
    this.#wait();
  }
}

/** A case that moved between two pages is there once. */
const unique = (items) => [...new Map(items.map((item) => [item.case_id, item])).values()];

export const lists = new Lists();
