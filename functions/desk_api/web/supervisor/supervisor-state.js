/** What the supervisor page knows: asked again and again while somebody looks. Topics: figures, live, ledger, reports, problem. */

import { get } from "../kit/api.js";
import { learnChannels } from "../kit/channels.js";
import { Topics } from "../kit/topics.js";

const LIVE = 5000;
const SLOW = 30_000;

class Supervisor extends Topics {
  agent = null;
  channels = null;
  day = "";
  figures = null;
  live = null;
  ledger = null;
  reports = null;
  liveAt = "";
  #failed = new Map();
  #timers = [];

  start() {
    this.stop();
    const seen = (look) => () => document.hidden || look();
    this.#timers = [setInterval(seen(() => this.#now()), LIVE), setInterval(seen(() => this.#counted()), SLOW)];
    this.lookAgain();
  }

  stop() {
    for (const timer of this.#timers) clearInterval(timer);
  }

  lookAgain() {
    this.#now();
    this.#counted();
    this.#ask("reports", "/reports", (answer) => answer.items);
  }

  /** "" is today in the centre's zone, which only the server knows. */
  choose(day) {
    this.day = day;
    this.#counted();
  }

  async #counted() {
    // Once: channels change with a deployment only. Rows that came first would be drawn without their words.
    if (!this.channels) await this.#ask("channels", "/me", (me) => (learnChannels(me.channels), me.channels));
    const query = this.day ? `?day=${this.day}` : "";
    this.#ask("figures", `/figures${query}`);
    this.#ask("ledger", `/ledger${query}`);
  }

  #now() {
    this.#ask("live", "/live", (answer) => ((this.liveAt = new Date().toISOString()), answer));
  }

  /** The sentence of whatever part could not be had last, or undefined. */
  get problem() {
    return this.#failed.values().next().value;
  }

  /** Whether a channel's mail service judges its senders. */
  judged(channel) {
    return this.channels?.some((one) => one.name === channel && one.automatic_an_hour > 0) ?? false;
  }

  failed(part) {
    return this.#failed.has(part);
  }

  /** A part the login may not see is left out; other failures are told once and mended by asking again. */
  async #ask(part, path, pick = (answer) => answer) {
    const day = this.day;
    try {
      const answer = await get(path);
      if (day !== this.day) return;
      this[part] = pick(answer);
      this.#failed.delete(part);
    } catch (failure) {
      if (failure.status === 401) return;
      if (failure.status === 403) this[part] = null;
      else this.#failed.set(part, failure.sentence);
    }
    this.announce(part, "problem");
  }
}

export const supervisor = new Supervisor();
