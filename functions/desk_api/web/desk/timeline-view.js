/** The timeline: one column over all channels, days and cases marked, always at the newest unless reading above. */

import { desk } from "./desk-state.js";
import { h, reconcile } from "../kit/dom.js";
import { entryLine, pendingLine } from "./entry-view.js";
import { icon } from "../kit/icons.js";
import { day, dayKey } from "../kit/times.js";
import { View } from "../kit/view.js";
import { say } from "../kit/words.js";

const NEAR_END = 80;
// Consecutive messages of one person on one channel read as one: the head is said again after this pause.
const PAUSE = 5 * 60_000;
const HIDDEN = new Set(["audited", "presence_changed"]);
// One line for each offer: what became of it says that it was made.
const SETTLES = new Set(["offer_ended", "assigned"]);

class TimelineView extends View {
  source = desk;
  topics = ["timeline", "card", "selected"];
  #shown = "";

  build() {
    this.className = "timeline";
    this.earlier = h("button.plain.earlier", { type: "button", onclick: () => this.#earlier() }, say("talk.earlier"));
    this.loading = h("p.quiet.loading", { role: "status" }, say("talk.loading"));
    this.lines = h("div.lines", { role: "log", "aria-live": "polite" });
    this.scroll = h("div.scroll", { tabindex: "0", onscroll: () => this.#scrolled() }, this.earlier, this.loading, this.lines);
    this.below = h("button.below", { type: "button", hidden: true, onclick: () => this.#toEnd() }, icon("down"), say("talk.newest"));
    this.replaceChildren(this.scroll, this.below);
    new ResizeObserver(() => this.atEnd && this.#toEnd()).observe(this.scroll);
    // A picture has its height only when it is there; `load` does not bubble.
    this.lines.addEventListener("load", () => this.atEnd && this.#toEnd(), true);
    this.addEventListener("show-case", ({ detail }) => this.#showCase(detail));
  }

  render() {
    const item = desk.current;
    if (!item) return;
    const timeline = desk.talks.timeline(item.customer_id);
    const card = desk.talks.cards.get(item.customer_id);
    const changed = this.#shown !== item.customer_id;
    this.#shown = item.customer_id;
    this.loading.hidden = timeline.loaded;
    this.earlier.hidden = !timeline.loaded || timeline.first === 0;
    const name = desk.customerName || say("actor.customer");
    this.lines.setAttribute("aria-label", say("talk.log", { name }));
    const before = this.lines.childElementCount;
    reconcile(this.lines, itemsOf(timeline, card));
    if (changed || this.atEnd !== false) this.#toEnd();
    else if (this.lines.childElementCount > before) this.below.hidden = false;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (this.atEnd) this.below.hidden = true;
  }

  #toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.atEnd = true;
    this.below.hidden = true;
  }

  async #earlier() {
    const fromEnd = this.scroll.scrollHeight - this.scroll.scrollTop;
    this.atEnd = false;
    await desk.talks.earlier(desk.current.customer_id);
    await new Promise(requestAnimationFrame);
    this.scroll.scrollTop = this.scroll.scrollHeight - fromEnd;
  }

  #showCase(caseId) {
    const line = this.lines.querySelector(`[data-case="${CSS.escape(caseId)}"]`);
    if (!line) return this.earlier.hidden || this.#earlier().then(() => this.#showCase(caseId));
    document.body.dataset.pane = "talk";
    line.scrollIntoView({ block: "start" });
  }
}

/** What stands in the list: day and case separators, entries, then what is on its way. */
function itemsOf(timeline, card) {
  const items = [];
  let last = null;
  const told = timeline.ordered();
  const settled = new Set(told.filter((entry) => SETTLES.has(entry.kind)).map((entry) => entry.facts?.offer_id));
  for (const entry of told) {
    if (HIDDEN.has(entry.kind) || (entry.kind === "offer_made" && settled.has(entry.facts?.offer_id))) continue;
    if (dayKey(entry.at) !== (last && dayKey(last.at))) items.push(separator(`day ${dayKey(entry.at)}`, "day", day(entry.at)));
    if (entry.case_id && (entry.facts?.reopened || entry.case_id !== lastCase(last, items))) items.push(caseLine(entry, card, items));
    const joined = follows(last, entry);
    const sign = JSON.stringify([entry, joined, desk.dispositions.length, entry.actor === "customer" && desk.customerName]);
    items.push({ key: `${entry.customer_id}/${entry.seq}`, sign, make: () => entryLine(entry, joined, desk) });
    last = entry;
  }
  for (const one of timeline.pending) {
    const sign = `${one.state} ${one.reason ?? ""}`;
    if (one.at > (last?.at ?? "") && dayKey(one.at) !== (last && dayKey(last.at))) items.push(separator(`day ${dayKey(one.at)}`, "day", day(one.at)));
    last = one.at > (last?.at ?? "") ? one : last;
    items.push({ key: one.key, sign, make: () => pendingLine(one, desk) });
  }
  return items;
}

const lastCase = (last, items) => items.findLast((item) => item.caseId)?.caseId ?? last?.case_id;

function caseLine(entry, card, items) {
  const known = card?.cases.find((one) => one.case_id === entry.case_id);
  const key = entry.facts?.reopened ? "talk.reopened" : "talk.case";
  const text = say(key, { number: known?.number ?? entry.case_id.slice(-6) });
  const turn = items.filter((item) => item.caseId === entry.case_id).length;
  return { ...separator(`case ${entry.case_id} ${turn}`, "case", text, entry.case_id), caseId: entry.case_id };
}

function separator(key, kind, text, caseId = null) {
  return { key, sign: text, make: () => h(`div.separator.of-${kind}`, { "data-case": caseId }, h("span", {}, text)) };
}

const follows = (last, entry) =>
  Boolean(last) && last.kind === entry.kind && last.actor === entry.actor && last.channel === entry.channel &&
  last.case_id === entry.case_id && dayKey(last.at) === dayKey(entry.at) && Date.parse(entry.at) - Date.parse(last.at) < PAUSE;

customElements.define("pb-timeline", TimelineView);
