/**
 * The settings as this page edits them: a draft of the whole document, and the version it began from.
 * Topics: draft (another document), history, marks (what is wrong, and where), names (something is called otherwise).
 */

import { call, get, post } from "../kit/api.js";
import { Topics } from "../kit/view.js";
import { renamed } from "./renames.js";

class Settings extends Topics {
  n = 0;
  draft = null; // {centre, agents, saved_replies}
  known = { channels: [], facts: [], agent_order: [], field_kinds: [], actions: [] };
  reading = false; // whether the reader may look and not change
  history = [];
  problems = [];
  #began = "";

  /** Whether there is something that a save would keep and a reload would lose. */
  get touched() {
    return this.draft !== null && this.#sign() !== this.#began;
  }

  async load() {
    const { n, centre, agents, saved_replies, history, ...known } = await get("/settings");
    Object.assign(this, { n, draft: { centre, agents, saved_replies }, history, known, problems: [] });
    this.#began = this.#sign();
    this.announce("draft", "history", "marks");
  }

  /** In another language; the draft stays as it is. */
  async loadHistory() {
    this.history = (await get("/settings")).history;
    this.announce("history");
  }

  /** What a save would do; problems are marked in the form. */
  async check() {
    const outlook = await post("/settings/check", this.#body());
    this.mark(outlook.problems);
    return outlook;
  }

  async save() {
    const { n } = await call("PUT", "/settings", this.#body());
    await this.load();
    return n;
  }

  /** What would change if version `n` were taken up now; nothing is written. */
  foresee(n) {
    return post("/settings/rollback", { n, based_on: this.n, check: true });
  }

  async takeUp(n) {
    const taken = await post("/settings/rollback", { n, based_on: this.n });
    await this.load();
    return taken.n;
  }

  /** Whatever names this thing follows; false where it is not clear what is meant. */
  rename(part, thing, before, after) {
    const kept = (JSON.parse(this.#began).centre[part] ?? []).map((one) => one.name);
    const done = renamed(this.draft, part, thing, before, after, kept);
    if (done) this.announce("names");
    return done;
  }

  mark(problems) {
    this.problems = problems;
    this.announce("marks");
  }

  #body = () => ({ ...this.draft, based_on: this.n });
  #sign = () => JSON.stringify(this.draft);
}

export const settings = new Settings();
