/** The panel beside the page in which a supervisor reads a conversation along, and what they can do about it. */

import "../desk/composer.js";
import { entryLine, passedLine, pendingLine } from "../desk/entry-view.js";
import { Lines } from "../desk/lines.js";
import "../desk/mail-words.js";
import "../desk/talk-words.js";
import { deskWords } from "../desk/words.js";
import { channelMark } from "../kit/channels.js";
import { h, reconcile, style } from "../kit/dom.js";
import { day } from "../kit/times.js";
import { learn, say } from "../kit/words.js";
import { assign, stepIn } from "./look-dialogs.js";
import { Look } from "./look.js";
import { lookWords } from "./look-words.js";
import { listenDoors, listenSign } from "./listen-view.js";
import { supervisor } from "./supervisor-state.js";

learn({ ...deskWords, ...lookWords });

const NEAR_END = 80; // pixels
const BESIDE = matchMedia("(min-width: 1100px)"); // narrower, it lies over the page
const SHEET = "/assets/desk/desk/conversation.css";

class LookView extends HTMLElement {
  #look = null;
  #stops = [];
  #open = new Set();

  connectedCallback() {
    style(SHEET);
    this.className = "look";
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", say("look.label"));
    this.before = document.activeElement;
    this.addEventListener("keydown", this.#escape);
    this.#stops = [supervisor.on("looked", () => this.#turn()), supervisor.on("live", () => this.#headed())];
    BESIDE.addEventListener("change", this.#cover);
    this.#cover();
    this.#turn();
  }

  /** Not as this.onkeydown, whose answer `false` takes every other key from the browser. */
  #escape = (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) supervisor.look(null);
  };

  disconnectedCallback() {
    for (const stop of this.#stops) stop();
    BESIDE.removeEventListener("change", this.#cover);
    this.#cover();
    this.#look?.stop();
    this.#look = null;
  }

  /** What it lies over is out of reach until it is closed. */
  #cover = () => {
    for (const part of document.querySelectorAll("#app > :not(pb-look)")) part.inert = this.isConnected && !BESIDE.matches;
  };

  /** To another conversation, or away. */
  #turn() {
    const { looked } = supervisor;
    if (!looked) return this.#away();
    if (this.#look?.case_id === looked.case_id && this.#look.customer_id === looked.customer_id) return;
    this.#look?.stop();
    this.#look = new Look(looked);
    this.#build();
    for (const topic of ["timeline", "card", "link"]) this.#look.on(topic, () => this.#draw());
    this.#look.start();
    this.title2.focus();
  }

  #away() {
    const row = document.querySelector(`[data-look="${CSS.escape(this.#look?.case_id ?? "")}"]`);
    this.remove();
    (row ?? (this.before?.isConnected ? this.before : null))?.focus();
  }

  #build() {
    const look = this.#look;
    this.lines2 = new Lines();
    this.atEnd = true;
    this.title2 = h("h2", { tabindex: "-1" }, say("look.wait"));
    this.state = h("p.look-state.quiet.small");
    this.link = h("p.small", { role: "status" });
    this.doors = h("div.look-doors");
    const close = h("button", { type: "button", onclick: () => supervisor.look(null) }, say("look.close"));
    this.problem = h("p.problem", { role: "alert" });
    this.earlier = h("button.plain.earlier", { type: "button", hidden: true, onclick: () => look.talks.earlier(look.customer_id) }, say("look.earlier"));
    this.list = h("div.lines", { role: "log", "aria-label": say("look.label") });
    this.scroll = h("div.scroll", { tabindex: "0", onscroll: () => this.#scrolled() }, this.earlier, this.list);
    this.writing = document.createElement("pb-composer");
    Object.assign(this.writing, { source: look, hidden: true });
    this.replaceChildren(h("div.look-head", {}, h("div", {}, this.title2, this.state, this.link), close), this.doors, this.problem,
      h("div.timeline", {}, this.scroll), this.writing);
    this.#draw();
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #draw() {
    const look = this.#look;
    if (!look) return;
    this.problem.textContent = look.problem;
    this.earlier.hidden = !look.timeline.loaded || look.timeline.first === 0;
    reconcile(this.list, this.lines2.of(look.timeline, this.#open).map((line) => this.#item(line)));
    if (this.atEnd) this.scroll.scrollTop = this.scroll.scrollHeight;
    this.#headed();
    this.writing.hidden = !look.case || look.case.state === "closed";
  }

  #headed() {
    const look = this.#look;
    if (!look) return;
    const { case: kept, live } = look;
    this.link.textContent = live.open ? say("look.live") : say("look.lost");
    this.link.dataset.open = String(live.open);
    if (!kept) return;
    const number = kept.number;
    this.title2.replaceChildren(look.customerName || say("actor.customer"), " ", h("span.code.quiet", {}, say("look.title", { number })));
    const who = kept.state === "closed" ? say("look.over") : kept.owner_name ? say("look.with", { agent: kept.owner_name }) : say("look.nobody");
    this.state.replaceChildren(...kept.channels.map(channelMark), supervisor.queueName(kept.queue), " · ", who);
    this.#offerDoors(kept);
  }

  #offerDoors(kept) {
    const look = this.#look;
    const sign = JSON.stringify([kept.state, look.inside, kept.owner, listenSign(look)]);
    if (sign === this.doors.dataset.sign) return;
    this.doors.dataset.sign = sign;
    const had = this.doors.contains(document.activeElement);
    const door = (key, act) => h("button", { type: "button", onclick: act }, say(key));
    const step = look.inside ? door("look.leave", () => this.#leave()) : door("look.stepin", () => stepIn(look));
    this.doors.replaceChildren(...(kept.state === "closed" ? [] : [step, door("look.assign", () => assign(look)), ...listenDoors(look)]),
      look.inside ? h("p.small.inside", { role: "status" }, say("look.in")) : "");
    if (had) (this.doors.querySelector("button") ?? this.title2).focus();
  }

  #leave() {
    return this.#look.attempt(() => this.#look.supervise({ act: "leave", key: crypto.randomUUID() }));
  }

  #item(line) {
    const entry = line.type === "entry" && this.#look.timeline.entries.get(line.key);
    return { key: line.key, sign: JSON.stringify([entry, line.one?.state, line.one?.reason, line.joined, line.ids, line.open, line.type === "case" && this.#number(line.caseId), this.#look.customerName]), make: () => this.#make(line, entry) };
  }

  #number(caseId) {
    return this.#look.card?.cases.find((one) => one.case_id === caseId)?.number ?? caseId.slice(-6);
  }

  #make(line, entry) {
    if (line.type === "day") return separator("day", day(line.at));
    if (line.type === "case") return separator("case", say("look.title", { number: this.#number(line.caseId) }));
    if (line.type === "pending") return pendingLine(line.one, this.#look);
    if (line.type === "passed") return passedLine(line, () => this.#unfold(line.key));
    return entryLine(entry, line.joined, this.#look);
  }

  #unfold(key) {
    if (!this.#open.delete(key)) this.#open.add(key);
    this.lines2.forget();
    this.#draw();
  }
}

const separator = (kind, text) => h(`div.separator.of-${kind}`, {}, h("span", {}, text));

customElements.define("pb-look", LookView);
