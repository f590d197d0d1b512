/**
 * What this desk knows and does. The server is asked for the truth (/me, /entries); frames only say that it is
 * time to look, or bring it early. Topics: me, offers, work, selected, timeline, card, link, notice, told.
 */

import { Failure, get, post, call } from "../kit/api.js";
import { Cases, standing } from "./cases.js";
import { Conversations } from "./conversations.js";
import { learned, receive } from "./frames.js";
import { Outgoing } from "./outgoing.js";
import { LiveSocket, Watched } from "./socket.js";
import { Topics } from "../kit/view.js";
import { say } from "../kit/words.js";
import { Handing } from "./handing.js";
import { Offers } from "./offers.js";
import { tab } from "./tab.js";

const POLL = 20_000;

class Desk extends Topics {
  agent = null;
  cases = new Cases();
  waiting = {};
  dispositions = [];
  scale = 5;
  noteTraits = null;
  templates = [];
  undo = {};
  aux = [];
  declared = { tags: [], fields: [], guides: [], languages: [], currency: "KRW" };
  wrapping = [];
  zone = "";
  selected = null;
  notice = null;
  /** What the agent was told of and has not looked at, the cases they follow, and how they have set up their desk. */
  notices = [];
  followed = [];
  setUp = null;
  /** Where calls ring this agent ("": nowhere, null: not known yet), whether they may set it, and their telephone in the browser. */
  phone = null;
  ownPhones = false;
  callsBrowser = false;
  telephone = null;
  heard = null; // hears every line that comes, once the desk tells of them
  #poll = 0;
  #session = 0;

  live = new LiveSocket((frame) => receive(this, frame));
  talks = new Conversations(this);
  handing = new Handing(this);
  writing = new Outgoing(this, this.live, this.talks);
  offers = new Offers(this);
  #watched = new Watched(this.live);

  constructor() {
    super();
    this.live.on("state", () => this.announce("link"));
    this.live.on("open", () => this.#reconnected());
  }

  /** Whatever the first answer is, the desk goes on asking: it must not stay as it began. */
  async start(agentId) {
    tab.open(agentId);
    this.cases.resume();
    this.writing.resume();
    this.live.start();
    clearInterval(this.#poll);
    // Frames are hints and may be lost; asking now and then makes sure that nothing stays unseen.
    this.#poll = setInterval(() => document.hidden || this.#lookAgain(), POLL);
    await this.refresh();
    this.talks.loadCards(this.cases.closed);
  }

  /** Who has a case that is not ours is on the card alone. */
  #lookAgain() {
    this.refresh().catch(() => {});
    this.talks.loadCards(this.cases.others.filter((item) => item === this.current || this.standing(item).is !== "closed"));
  }

  /** `keep`: the session merely ended, and what was being written waits in this tab for the same agent. */
  stop(keep) {
    if (keep) tab.close();
    else tab.forget();
    clearInterval(this.#poll);
    this.#session += 1;
    this.live.stop();
    this.telephone?.leave();
    Object.assign(this, { agent: null, telephone: null, phone: null, selected: null, notices: [], followed: [], setUp: null });
    this.offers.forget();
    this.cases.forget();
    this.talks.forget();
    this.writing.drafts.forget();
  }

  async refresh() {
    const session = this.#session;
    const me = await get("/me");
    if (session !== this.#session || !this.#news(me.agent)) return;
    const before = this.current;
    learned(this, me);
    this.writing.follow();
    if (before && !this.item(this.selected)) this.#keepReading(before);
    this.watch();
    if (this.cases.isMine(this.current)) this.talks.sameName(this.current);
    // A merge gives the case another customer: then that timeline is to be opened.
    if (this.current && !this.talks.timeline(this.current.customer_id).loaded) this.talks.open(this.current.customer_id);
    if (this.current) this.talks.lookAgain(this.current.customer_id);
    this.announce("me", "offers", "work", "told");
  }

  /** The agent as the centre knows them: an answer that was overtaken by a newer one is no news. */
  #news(agent) {
    return !this.agent || agent.version >= this.agent.version;
  }

  /** What the agent set, save that who missed an offer is not responding: the one state that all parts show. */
  get presence() {
    return this.agent?.routing_status === "not_responding" ? "not_responding" : this.agent?.presence;
  }

  /** A case of ours, one this tab has closed (the score may come later), or one that is only read. */
  item(caseId) {
    return this.cases.find(caseId);
  }

  get current() {
    return this.item(this.selected) ?? null;
  }

  /** Who has a case: see cases.js. */
  standing(item) {
    const seen = standing(item, this.talks.cards.get(item.customer_id), this.cases.isMine(item), this.agent?.id);
    return this.cases.isConsult(item) ? { ...seen, is: "consult" } : seen;
  }

  /** A case that is not ours is opened to be read. */
  async visit(caseId, customerId) {
    if (this.item(caseId)) return this.select(caseId);
    await this.attempt(async () => {
      const card = await this.talks.loadCard(customerId);
      const kept = card.cases.find((one) => one.case_id === caseId);
      if (!kept) throw new Failure(404);
      const { customer_id, name: customer_name } = card;
      this.cases.read({ ...kept, customer_id, customer_name, channel: kept.channels.at(-1) ?? "" });
      this.select(caseId);
      this.watch();
    });
  }

  /** What was ours stays open, to be read: it waits again, or somebody else has it or has closed it. */
  #keepReading(item) {
    this.cases.read({ ...item, state: "" });
    this.talks.loadCard(item.customer_id).catch(() => {});
    this.announce("selected", "card");
  }

  /** What the open customer is called, "" if nobody knows: the card knows it first. */
  get customerName() {
    const { customer_id: id, customer_name: listed } = this.current ?? {};
    return this.talks.cards.get(id)?.name || listed || "";
  }

  /** What an actor of the open timeline is called, "" if nobody said so yet. */
  names(actor) {
    return (this.current && this.talks.timeline(this.current.customer_id).names.get(actor)) ?? "";
  }

  select(caseId) {
    if (this.selected === caseId) return;
    this.selected = caseId;
    this.announce("selected", "work", "timeline", "card");
    if (this.current) this.talks.open(this.current.customer_id);
  }

  unread(item) {
    return this.cases.unread(item, item.case_id === this.selected && !document.hidden);
  }

  /** A line was heard or written, by whichever way it became known. */
  said(entry) {
    if (this.cases.said(entry)) this.announce("work");
  }

  /** `reason` is the code of the centre's own reason, where the presence is of that kind. */
  async setPresence(presence, reason = "") {
    const answer = await this.attempt(() => call("PUT", "/me/presence", { presence, reason }));
    if (answer && this.#news(answer.agent)) this.agent = { ...this.agent, ...answer.agent };
    this.announce("me", "work");
    if (answer) await this.refresh().catch(() => {});
  }

  /** `key` names this closing: sent again after a lost answer, it is the same one. */
  async close(item, disposition, note, key) {
    const { customer_id } = item;
    await post(`/cases/${item.case_id}/close`, { customer_id, disposition, note, key });
    this.cases.remember(item);
    this.tell(say("close.done", { number: item.number }), "good");
    this.select(this.cases.ordered[0]?.case_id ?? null);
    await this.refresh().catch(() => {});
  }

  askCode(item, phone, key) {
    const { customer_id } = item;
    return post(`/cases/${item.case_id}/proofs`, { customer_id, phone, key });
  }

  /** Do it, and tell the reader in a sentence if it fails; undefined then. */
  async attempt(action) {
    try {
      return await action();
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      this.tell(failure.sentence);
    }
  }

  tell(sentence, tone = "bad") {
    this.notice = sentence && { sentence, tone };
    this.announce("notice");
  }

  /** Watch the customers of our cases and of those we follow; of a merged one each member, for entries lie under theirs. */
  watch() {
    const shown = [...this.cases.work, ...this.cases.consults, ...this.cases.others, ...this.followed];
    const ids = shown.flatMap(({ customer_id: id }) => [id, ...this.talks.timeline(id).members]);
    // A merge names another customer; who belongs to it is known once its timeline is here.
    const whole = !this.current || this.talks.timeline(this.current.customer_id).loaded;
    if (whole) this.talks.keep(ids);
    this.#watched.keep(ids, whole);
  }

  #reconnected() {
    this.#watched.forget();
    this.watch();
    this.talks.catchUp();
    this.writing.flush();
    this.refresh().catch(() => {});
    this.talks.loadCards(this.cases.others);
  }
}

export const desk = new Desk();
