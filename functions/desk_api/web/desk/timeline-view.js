/** The timeline: one column over all channels, always at the newest unless reading above. What is far away is not drawn. */

import { desk } from "./desk-state.js";
import { h } from "../kit/dom.js";
import { entryLine, passedLine, pendingLine, saidBy } from "./entry-view.js";
import { icon } from "../kit/icons.js";
import { Lines } from "./lines.js";
import { day } from "../kit/times.js";
import { View } from "../kit/view.js";
import { WindowList } from "../kit/window-list.js";
import { say } from "../kit/words.js";

// As many entries are kept while the reader is at the newest; what is older is read again when it is wanted.
const MOST = 400;
const KEPT = 250;

class TimelineView extends View {
  source = desk;
  topics = ["timeline", "card", "selected"];
  #shown = "";
  #newest = "";
  #open = new Set();
  #reached = "";
  #own = "";
  #lines = new Lines();
  #reaching = false;

  build() {
    this.className = "timeline";
    this.earlier = h("button.plain.earlier", { type: "button", onclick: () => this.#earlier() }, say("talk.earlier"));
    this.loading = h("p.quiet.loading", { role: "status" });
    this.again = h("button.again", { type: "button", onclick: () => desk.talks.open(this.#shown) }, say("talk.again"));
    // A line that is drawn because somebody scrolls is no news: what is new is told by `teller`.
    this.lines = h("div.lines", { role: "log", "aria-live": "off" });
    this.teller = h("p.unseen", { role: "status" });
    this.scroll = h("div.scroll", { tabindex: "0" }, this.earlier, this.loading, this.again, this.lines);
    this.below = h("button.below", { type: "button", hidden: true, onclick: () => this.#toEnd() }, icon("down"), say("talk.newest"));
    this.replaceChildren(this.scroll, this.below, this.teller);
    this.window = new WindowList(this.scroll, this.lines, { sticks: true, draws: this, told: () => this.#scrolled() });
    // A picture has its height only when it is there; `load` does not bubble.
    this.lines.addEventListener("load", () => this.window.atEnd && this.#toEnd(), true);
  }

  leave() {
    this.window.leave();
  }

  render() {
    const item = desk.current;
    if (!item) return;
    const timeline = desk.talks.timeline(item.customer_id);
    const changed = this.#shown !== item.customer_id;
    if (changed) this.#turnTo(item.customer_id);
    if (this.window.atEnd && !this.#reaching && timeline.entries.size > MOST) timeline.trim(KEPT);
    this.loading.hidden = timeline.loaded;
    this.loading.textContent = say(timeline.lost ? "talk.lost" : "talk.loading");
    this.again.hidden = timeline.loaded || !timeline.lost;
    this.earlier.hidden = !timeline.loaded || timeline.first === 0;
    this.lines.setAttribute("aria-label", say("talk.log", { name: desk.customerName || say("actor.customer") }));
    this.#show(timeline, changed);
  }

  #turnTo(customerId) {
    this.#shown = customerId;
    this.#open.clear();
    this.#newest = this.#reached = "";
    this.window.atEnd = true;
    this.below.hidden = true;
  }

  #show(timeline, changed) {
    const newest = timeline.order().at(-1)?.id ?? "";
    const own = timeline.pending.at(-1)?.key ?? this.#own;
    // Who writes while they read above sees what they wrote.
    if (own !== this.#own) [this.#own, this.window.atEnd, this.below.hidden] = [own, true, true];
    this.window.show(this.#lines.of(timeline, this.#open));
    if (!changed && newest && this.#newest && newest !== this.#newest) this.#tell(timeline.entries.get(newest));
    this.#newest = timeline.loaded ? newest : "";
  }

  /** Said to who does not see it; and who reads above learns that there is more below. */
  #tell(entry) {
    if (!this.window.atEnd) this.below.hidden = false;
    const words = entry.actor === `agent:${desk.agent?.id}` ? "" : entry.text;
    if (words) this.teller.textContent = say("talk.said", { who: saidBy(entry, desk), text: words });
  }

  #scrolled() {
    if (this.window.atEnd) this.below.hidden = true;
  }

  #toEnd() {
    this.window.toEnd();
    this.below.hidden = true;
  }

  async #earlier() {
    const hadFocus = document.activeElement === this.earlier;
    this.window.atEnd = false;
    await desk.talks.earlier(this.#shown);
    if (hadFocus && this.earlier.hidden) this.scroll.focus();
  }

  /** For the window: what a line shows, asked only of lines that are drawn. */
  sign(line) {
    if (line.type === "day") return line.key;
    if (line.type === "case") return this.#caseWords(line);
    if (line.type === "pending") return `${line.one.state} ${line.one.reason ?? ""}`;
    if (line.type === "passed") return `${line.ids.length} ${line.open}`;
    const entry = this.#entry(line);
    if (!entry) return ""; // the session is over, and the page about to go
    return JSON.stringify([entry, line.joined, desk.dispositions.length, entry.actor === "customer" ? desk.customerName : desk.names(entry.actor)]);
  }

  make(line) {
    const node = this.#made(line);
    if (line.key === this.#reached) mark(node);
    return node;
  }

  #made(line) {
    if (line.type === "day") return separator("day", day(line.at));
    if (line.type === "case") return separator("case", this.#caseWords(line));
    if (line.type === "pending") return pendingLine(line.one, desk);
    if (line.type === "passed") return passedLine(line, () => this.#unfold(line.key));
    const entry = this.#entry(line);
    return entry ? entryLine(entry, line.joined, desk) : h("div");
  }

  #entry({ key }) {
    return desk.talks.timeline(this.#shown).entries.get(key);
  }

  #unfold(key) {
    if (!this.#open.delete(key)) this.#open.add(key);
    this.#lines.forget();
    this.window.atEnd = false;
    this.render();
  }

  /** A case that came back says who has it now, where it did so last. */
  #caseWords({ key, caseId, reopened }) {
    const kept = desk.talks.cards.get(this.#shown)?.cases.find((one) => one.case_id === caseId);
    const number = kept?.number ?? caseId.slice(-6);
    if (!reopened) return say("talk.case", { number });
    const words = say("talk.reopened", { number });
    if (this.#lines.newest.get(caseId) !== key || !kept || kept.closed_at) return words;
    const agent = kept.owner === desk.agent?.id ? say("actor.you") : kept.owner_name;
    return agent ? `${words} · ${say("state.with", { agent })}` : `${words} · ${say("state.waiting")}`;
  }

  /** Brings the first line of a case into sight, whether it is here yet or not. */
  async showCase(caseId) {
    const timeline = desk.talks.timeline(this.#shown);
    const place = () => this.#lines.items.findIndex((line) => line.caseId === caseId);
    // A case whose mark stands on top of what is here may have begun before. An answer that did not come ends it.
    await this.#whileReaching(async () => {
      for (let first = null; place() <= 1 && timeline.first > 0 && first !== timeline.first; ) {
        first = timeline.first;
        await this.#earlier();
      }
    });
    if (place() >= 0) this.#reach(this.#lines.items[place()].key);
  }

  /** Brings the line with this number into sight; `customerId` is the member's it was said by, the open one's else. */
  async reach(seq, customerId = this.#shown) {
    const id = `${customerId}/${seq}`;
    this.window.atEnd = false;
    await this.#whileReaching(() => desk.talks.until(this.#shown, seq));
    this.render();
    const place = this.#lines.place(id);
    if (place?.startsWith("passed") && !this.#open.has(place)) this.#unfold(place);
    if (place) this.#reach(this.#lines.items.some(({ key }) => key === id) ? id : place);
  }

  /** What is read on the way is not let go of, though the reader is at the newest still. */
  async #whileReaching(read) {
    this.#reaching = true;
    await read().finally(() => (this.#reaching = false));
  }

  #reach(key) {
    document.body.dataset.pane = "talk";
    this.window.atEnd = false;
    const node = this.window.reach(key);
    if (!node) return;
    this.lines.querySelector(".reached")?.classList.remove("reached");
    this.#reached = key; // the line may be drawn anew
    mark(node);
    node.focus({ preventScroll: true });
  }
}

function mark(node) {
  node.classList.add("reached");
  node.tabIndex = -1;
}

const separator = (kind, text) => h(`div.separator.of-${kind}`, {}, h("span", {}, text));

customElements.define("pb-timeline", TimelineView);
