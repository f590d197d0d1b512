/**
 * What the supervisor page knows: asked again and again while somebody looks. What was chosen (day, filters, the
 * conversation that is open) stands in the page's address. Topics: figures, agents, live, open, looked, notices,
 * ledger, reports, channels, problem.
 */

import { address, asked } from "../kit/address.js";
import { call, get, post } from "../kit/api.js";
import { learnChannels } from "../kit/channels.js";
import { learnLabels } from "../kit/labels.js";
import { showZone } from "../kit/times.js";
import { Topics } from "../kit/view.js";
import { currentLanguage } from "../kit/words.js";

const LIVE = 5000;
const OPEN = 10_000;
const SLOW = 30_000;
const FILTERS = ["queue", "channel", "owner", "longer"];
const NARROW = [...FILTERS, "sort", "down"];

/** Other filters were chosen meanwhile: this answer is nobody's. */
class Superseded extends Error {}

class Supervisor extends Topics {
  agent = null;
  channels = null;
  day = "";
  /** The conversation that is read along: {case_id, customer_id}. */
  looked = null;
  narrowed = {};
  figures = null;
  live = null;
  agents = null;
  open = null;
  notices = null;
  ledger = null;
  reports = null;
  me = null;
  zone = "";
  aux = [];
  labels = { queues: {}, skills: {} };
  liveAt = "";
  pages = 1;
  #filtered = "";
  #failed = new Map();
  #timers = [];

  start() {
    this.stop();
    this.fromAddress();
    const seen = (look) => () => document.hidden || look();
    const looks = [[() => this.now(), LIVE], [() => this.#asked(), OPEN], [() => this.#counted(), SLOW]];
    this.#timers = looks.map(([look, every]) => setInterval(seen(look), every));
    this.lookAgain();
  }

  stop() {
    for (const timer of this.#timers) clearInterval(timer);
  }

  lookAgain() {
    this.now();
    this.#asked();
    this.#counted();
    this.#ask("reports", "/reports", (answer) => answer.items);
  }

  /** What the address says: at the beginning, and when somebody goes back. */
  fromAddress() {
    const { day = "", talk = "", ...query } = asked();
    const [case_id, customer_id] = talk.split(".");
    this.looked = customer_id ? { case_id, customer_id } : null;
    this.narrowed = Object.fromEntries(NARROW.map((name) => [name, query[name] ?? ""]));
    if (!/^\d{1,7}$/.test(this.narrowed.longer)) this.narrowed.longer = "";
    this.day = /^\d{4}-\d\d-\d\d$/.test(day) ? day : "";
    this.announce("looked", "open");
  }

  /** "" is today in the centre's zone, which only the server knows. */
  choose(day) {
    this.day = day;
    address({ day }, { push: true });
    this.#counted();
  }

  narrow(values) {
    Object.assign(this.narrowed, values);
    address(values, { push: !("sort" in values) });
    if ("sort" in values) return this.announce("open");
    this.#asked();
  }

  /** Read a conversation along; nothing closes it. */
  look(row) {
    this.looked = row && { case_id: row.case_id, customer_id: row.customer_id };
    address({ talk: row ? `${row.case_id}.${row.customer_id}` : "" }, { push: true });
    this.announce("looked", "open");
  }

  async #counted() {
    // Once: channels change with a deployment only. Rows that came first would be drawn without their words.
    if (!this.channels) await this.#ask("channels", "/me", (me) => this.#learn(me));
    const query = this.day ? `?day=${this.day}` : "";
    this.#ask("figures", `/figures${query}`, (answer) => (this.#inZone(answer.zone), answer));
    this.#ask("agents", `/agents${query}`);
    this.#ask("notices", "/notices", (answer) => answer.items);
    this.#ask("ledger", `/ledger${query}`);
  }

  /** Asked again at once, as something was done. */
  now() {
    this.#ask("live", "/live", (answer) => ((this.liveAt = new Date().toISOString()), answer));
  }

  /** As many pages of the open conversations as are shown, so that none of them goes. */
  async #asked() {
    const filters = Object.fromEntries(FILTERS.filter((name) => this.narrowed[name]).map((name) => [name, this.narrowed[name]]));
    const sign = JSON.stringify(filters);
    if (sign !== this.#filtered) this.pages = 1;
    this.#filtered = sign;
    const { pages } = this;
    await this.#ask("open", "", async () => {
      const items = [];
      let next = "";
      for (let page = 0; page < pages && next !== null; page += 1) {
        const answer = await get(`/open?${new URLSearchParams({ ...filters, ...(next && { after: next }) })}`);
        items.push(...answer.items);
        next = answer.next;
      }
      if (sign !== this.#filtered) throw new Superseded();
      return { items, next };
    });
  }

  openCase(caseId) {
    return this.open?.items.find((one) => one.case_id === caseId);
  }

  moreOpen() {
    this.pages += 1;
    return this.#asked();
  }

  /** All times of the page are the centre's. */
  #inZone(zone) {
    this.zone = zone;
    if (showZone(zone)) this.announce("live", "open", "notices", "ledger", "reports", "looked");
  }

  #learn(me) {
    learnChannels(me.channels);
    learnLabels(me.labels);
    Object.assign(this, { me, aux: me.aux ?? [], labels: me.labels ?? this.labels });
    this.announce("live", "open");
    return me.channels;
  }

  tagName(code) {
    const known = (this.me?.declared?.tags ?? this.me?.tags ?? []).find((one) => one.code === code);
    return known?.[`label_${currentLanguage()}`] || code;
  }

  async seeNotices() {
    this.notices = this.notices.map((one) => ({ ...one, seen: true }));
    this.announce("notices");
    await call("PUT", "/notices/seen").catch(() => {});
    this.#ask("notices", "/notices", (answer) => answer.items);
  }

  /** Something about an open case; its line is the answer. */
  async supervise(caseId, told) {
    const { entry } = await post(`/cases/${encodeURIComponent(caseId)}/supervised`, told);
    this.now();
    this.#asked();
    return entry;
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

  /** What stands above the page as the reason why `part` failed; "" once it did not. */
  fails(part, sentence) {
    if (sentence) this.#failed.set(part, sentence);
    else this.#failed.delete(part);
    this.announce("problem");
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
      const answer = await pick(path && (await get(path)));
      if (day !== this.day) return;
      this[part] = answer;
      this.#failed.delete(part);
    } catch (failure) {
      if (failure.status === 401 || failure instanceof Superseded) return;
      if (failure.status === 403) this[part] = null;
      else this.#failed.set(part, failure.sentence);
    }
    this.announce(part, "problem");
  }
}

export const supervisor = new Supervisor();
