/** A list of cases beside the agent's own: filters, rows of which only those near the eye are drawn, what is done to many. */

import { living } from "../../kit/ages.js";
import { channelMark } from "../../kit/channels.js";
import { h, style } from "../../kit/dom.js";
import { queueName } from "../../kit/labels.js";
import { age, brief, stamp } from "../../kit/times.js";
import { View } from "../../kit/view.js";
import { WindowList } from "../../kit/window-list.js";
import { learn, say, sayOr } from "../../kit/words.js";
import { desk } from "../desk-state.js";
import { BulkBar } from "./bulk-bar.js";
import { tagName } from "../entry-view.js";
import { Filters } from "./filters.js";
import { lists, MOST } from "./list-state.js";
import { listWords } from "./list-words.js";

learn(listWords);
export { lists };

const NEAR = 600; // pixels above the end at which the next page is asked for

class ListView extends View {
  source = lists;
  topics = ["list"];
  #stops = [];

  build() {
    this.className = "listed";
    this.filters = new Filters();
    this.status = h("p.empty", { role: "status" });
    this.again = h("button", { type: "button", onclick: () => lists.load() }, say("list.again"));
    this.all = h("input", { type: "checkbox", onchange: ({ target }) => lists.chooseAll(target.checked) });
    this.head = h("label.list-all", {}, this.all, h("span", {}, say("list.selectall")));
    this.note = h("p.quiet.small.list-note");
    this.list = h("ul.work-list.listed-rows");
    this.more = h("button.list-more", { type: "button", onclick: () => lists.more() }, say("list.more"));
    this.bar = new BulkBar();
    this.replaceChildren(this.filters.node, this.head, this.note, this.status, this.again, this.list, this.more, this.bar.node);
    const pane = (this.pane = this.closest(".pane"));
    this.rows = new WindowList(pane, this.list, { gap: "li", counts: true, told: () => this.#near(pane) });
    this.raised = new ResizeObserver(() => this.#uncover());
    this.raised.observe(this.bar.node);
    this.#stops = [desk.on("work", () => lists.news()), desk.on("selected", () => this.render()), desk.on("told", () => this.filters.render())];
  }

  leave() {
    this.rows.leave();
    this.raised.disconnect();
    this.pane.style.scrollPaddingBottom = "";
    for (const stop of this.#stops) stop();
  }

  render() {
    const { items, loaded, problem, chosen, next, among, total } = lists;
    this.filters.render();
    this.status.textContent = problem || (!loaded ? say("list.loading") : items.length ? "" : this.#nothing());
    this.status.hidden = !this.status.textContent;
    this.status.classList.toggle("problem", Boolean(problem));
    this.again.hidden = !problem;
    this.head.hidden = !items.length;
    this.all.checked = items.length > 0 && chosen.size === Math.min(items.length, MOST);
    this.all.indeterminate = !this.all.checked && chosen.size > 0;
    this.note.hidden = !among;
    this.note.textContent = among ? say("list.among", { n: among, total }) : "";
    this.more.hidden = next === null || !items.length;
    this.rows.show(items.map((item) => {
      const [open, ticked] = [item.case_id === desk.selected, chosen.has(item.case_id)];
      return { key: item.case_id, sign: JSON.stringify([item, open, ticked]), make: () => row(item, open, ticked) };
    }));
    this.bar.render();
    this.#fromTheTop(items.length);
  }

  /** The bar lies over the end of the list, and not over what has the focus there. */
  #uncover() {
    this.pane.style.scrollPaddingBottom = `${this.bar.node.offsetHeight}px`;
    if (this.list.contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest" });
  }

  /** Another list begins at its beginning. */
  #fromTheTop(there) {
    if (this.shown === lists.query || !there) return;
    this.shown = lists.query;
    this.pane.scrollTop = 0;
  }

  #nothing() {
    return say(Object.keys(lists.which).some((field) => field !== "sort") ? "list.empty.narrowed" : `list.empty.${lists.name}`);
  }

  #near({ scrollHeight, scrollTop, clientHeight }) {
    if (lists.next !== null && scrollHeight - scrollTop - clientHeight < NEAR) lists.more();
  }
}

function row(item, open, ticked) {
  const look = () => desk.visit(item.case_id, item.customer_id);
  const choose = ({ target, shiftKey }) => lists.choose(item, target.checked, shiftKey);
  const box = h("input", { type: "checkbox", checked: ticked, onclick: choose, "aria-label": say("list.select", { number: item.number }) });
  const at = item.told_at ?? item.last_at ?? item.opened_at;
  return h("li.list-row", {}, box,
    h("button.work-item", { type: "button", onclick: look, "aria-current": open ? "true" : null },
      h("span.work-name", {}, item.customer_name || say("actor.customer")), at ? living("time.work-time", at, brief) : h("span"),
      item.last_text && h("span.work-text", {}, item.last_text),
      h("span.list-facts", {}, item.channel && channelMark(item.channel), h("span", {}, queueName(item.queue)), h("span.code", {}, item.number), ...facts(item))));
}

const waits = (since) => say("list.waits", { time: age(since) });
const until = (at) => say("list.until", { time: stamp(at) });

/** Who has it or how long it waits, why it stands here, its tags. */
function facts(item) {
  const mine = item.owner === desk.agent?.id && item.state === "owned";
  const state = mine ? say("list.yours") : item.state === "owned" && item.owner_name ? say("state.with", { agent: item.owner_name }) : sayOr(`state.${item.state}`, item.state);
  return [
    item.waiting_since ? living("time.work-wait", item.waiting_since, waits) : h("span", {}, state),
    item.position && h("span", {}, say("list.place", { n: item.position })),
    item.snoozed_until && living("time", item.snoozed_until, until),
    item.told_at && h("span", {}, say("list.told", { who: item.told_by, time: stamp(item.told_at) })),
    ...item.tags.map((code) => h("span.tag", {}, tagName(code, desk))),
  ].filter(Boolean);
}

style("/assets/desk/desk/lists/lists.css");
customElements.define("pb-list", ListView);
