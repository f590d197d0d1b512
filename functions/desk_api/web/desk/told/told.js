/**
 * The desk tells: by the page's title and icon, by sound, by notifications of the system. Customers never hear of any
 * of it.
 */

import { call, post } from "../../kit/api.js";
import { counted } from "../../kit/counts.js";
import { desk } from "../desk-state.js";
import { learn, say } from "../../kit/words.js";
import { Front } from "./front.js";
import { Looked } from "./looked.js";
import { news, showing, sounding, standing, switchedOn, TEXT, waitingCount } from "./rules.js";
import { badge, play, show, unlock } from "./signals.js";
import { toldWords } from "./told-words.js";

learn(toldWords);

const FAR = -1e9;
const MOST_RUNG = 500; // what was told last is remembered

class Told {
  front = new Front();
  looked = new Looked();
  #before = null;
  #rung = new Set();
  #sounded = FAR;
  #timer = 0;
  #stops = [];

  start() {
    this.stop();
    this.front.start();
    this.looked.resume(desk.agent.id);
    desk.heard = (entry) => this.#heard(entry);
    this.#stops = [desk.on("card", guided), ...["offers", "work", "told", "selected"].map((topic) => desk.on(topic, () => this.#look()))];
    for (const press of ["pointerdown", "keydown"]) addEventListener(press, unlock);
    this.#stops.push(() => ["pointerdown", "keydown"].forEach((press) => removeEventListener(press, unlock)));
    guided();
    this.#look();
  }

  stop() {
    for (const stop of this.#stops.splice(0)) stop();
    clearTimeout(this.#timer);
    this.front.stop();
    Object.assign(desk, { heard: null });
    this.#before = null;
    this.#rung.clear();
    badge(0);
  }

  get on() {
    return switchedOn(desk.setUp?.told);
  }

  /** Notices that were neither opened here nor put aside. */
  get notices() {
    return desk.notices.filter((one) => !this.looked.opened(one.id));
  }

  /** Followed cases whose customer has written since the agent looked. */
  get unread() {
    return desk.followed.filter((one) => this.looked.unread(one));
  }

  get count() {
    const unread = desk.cases.ordered.reduce((sum, item) => sum + desk.unread(item), 0);
    return waitingCount({ offers: desk.offers.live.length, unread, notices: this.notices.length });
  }

  async follow(item, following) {
    const { case_id, customer_id } = item;
    await desk.attempt(() => post(`/cases/${case_id}/follow`, { customer_id, following }));
    await desk.refresh().catch(() => {});
  }

  /** Up to when the notices were looked at. */
  async seen(at) {
    desk.notices = desk.notices.filter((one) => one.at > at);
    desk.announce("told");
    await desk.attempt(() => this.setUp({ seen_at: at }));
  }

  /** Part of how the desk is set up is another way from now on; what is not named stays. Raises a Failure. */
  async setUp(change) {
    desk.setUp = (await call("PUT", "/me/desk", change)).desk;
    desk.announce("told");
  }

  /** A line came while others were looked at: what a followed customer wrote is unread. */
  #heard({ kind, case_id: id, at }) {
    const one = desk.followed.find((followed) => followed.case_id === id);
    if (!one || kind !== "message_received" || at <= (one.last_at ?? "")) return;
    one.last_at = at;
    desk.announce("told");
  }

  async #look() {
    if (!desk.agent) return;
    const read = document.visibilityState === "visible" && desk.followed.find((one) => one.case_id === desk.selected);
    // Who has shown it as unread in this turn shows it anew.
    if (read && this.looked.read(read)) desk.announce("told");
    this.#label();
    const { notices, followed } = desk;
    const after = standing({ offers: desk.offers.live, cases: desk.cases.work, notices, followed });
    const fresh = news(this.#before, after).filter(({ id }) => !this.#rung.has(id));
    // What was told once is not told again, should an older answer come late and bring it back.
    for (const { id } of this.#before ? fresh : [...fresh, ...notices]) this.#rung.add(id);
    for (const id of [...this.#rung].slice(0, -MOST_RUNG)) this.#rung.delete(id);
    this.#before = after;
    if (fresh.length && this.front.leads) this.#tell(fresh, await this.front.isSeen());
  }

  #label() {
    const { count } = this;
    const key = desk.offers.live.length ? "told.title.offer" : count ? "told.title.count" : "desk.title";
    document.title = say(key, { n: counted(count) });
    badge(count);
  }

  #tell(fresh, front) {
    const state = { on: this.on, front, now: performance.now(), last: this.#sounded };
    const sound = sounding(fresh, state);
    if (sound) {
      clearTimeout(this.#timer);
      this.#sounded = state.now + sound.wait;
      this.#timer = setTimeout(() => play(sound.what), sound.wait);
    }
    for (const one of showing(fresh, state)) this.#show(one);
  }

  /** No word of a customer stands in it unless the agent wants that. */
  #show({ what, id, about, n }) {
    const number = about?.number ?? "";
    const body = this.on.has(TEXT) ? about?.preview ?? about?.text ?? about?.last_text ?? "" : "";
    const title = what === "mentions" ? titleOf(about) : say(`told.${what}`, { number, n });
    show({ title, body, tag: what === "messages" || what === "followed" ? about.case_id : id, open: () => this.open(what, about) });
  }

  async open(what, about) {
    document.querySelector("dialog[open]")?.close();
    if (!about || what === "offers") return document.querySelector("pb-offers .offer button")?.focus();
    await desk.visit(about.case_id, about.customer_id);
  }

  /** The case of a notice; when each was opened, none comes back. */
  async openNotice(notice) {
    this.looked.open(notice.id);
    const left = this.notices.length;
    desk.announce("told");
    document.querySelector("dialog[open]")?.close();
    await (await import("../visits.js")).visitLine(notice);
    if (!left && desk.notices.length) await this.seen(desk.notices[0].at);
  }
}

/** Guided work is loaded with the first case that has steps. */
function guided() {
  const cases = [...desk.talks.cards.values()].flatMap((card) => card.cases);
  if (cases.some((one) => one.steps?.length)) import("./steps-view.js");
}

/** What a notice says: who did what, at which case. */
export const titleOf = ({ what, by_name: name, number }) => say(`notice.${what}`, { who: name || say("told.colleague"), number });

export const told = new Told();
