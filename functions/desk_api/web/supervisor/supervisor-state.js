/** What the supervisor page knows: asked again and again while somebody looks. Topics: figures, live, ledger, reports, problem. */

import { call, get, post } from "../kit/api.js";
import { learnChannels } from "../kit/channels.js";
import { Topics } from "../kit/topics.js";
import { currentLanguage } from "../kit/words.js";

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
  aux = [];
  labels = { queues: {}, skills: {} };
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
    if (!this.channels) await this.#ask("channels", "/me", (me) => this.#learn(me));
    const query = this.day ? `?day=${this.day}` : "";
    this.#ask("figures", `/figures${query}`);
    this.#ask("ledger", `/ledger${query}`);
  }

  #now() {
    this.#ask("live", "/live", (answer) => ((this.liveAt = new Date().toISOString()), answer));
  }

  #learn(me) {
    learnChannels(me.channels);
    Object.assign(this, { aux: me.aux ?? [], labels: me.labels ?? this.labels });
    this.announce("live");
    return me.channels;
  }

  queueName(name) {
    return this.labels.queues[name]?.[currentLanguage()] || name;
  }

  skillName(name) {
    return this.labels.skills[name]?.[currentLanguage()] || name;
  }

  skills() {
    return Object.keys(this.labels.skills).map((name) => [name, this.skillName(name)]);
  }

  waiting(queue, which, after) {
    return get(`/waiting?${new URLSearchParams({ queue, ...which, after })}`);
  }

  async move(queue, to, which) {
    const answer = await post("/moves", { queue, to, ...which });
    this.#now();
    return answer;
  }

  async give({ customer_id, case_id, interaction_id }, agent_id) {
    const answer = await post("/assignments", { customer_id, case_id, interaction_id, agent_id });
    this.#now();
    return answer;
  }

  async run(queue, opening, why = "", into = "") {
    await call("PUT", "/queue-state", { queue, opening, why, into });
    this.#now();
  }

  async drain(agentId, draining) {
    try {
      await call("PUT", `/agents/${agentId}/draining`, { draining });
      this.#failed.delete("drain");
    } catch (failure) {
      this.#failed.set("drain", failure.sentence);
    }
    this.announce("problem");
    this.#now();
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
