/** Every open conversation: narrowed, sorted, and opened to read along. What is chosen stands in the page's address. */

import { living } from "../kit/ages.js";
import { channelMark, channelWord } from "../kit/channels.js";
import { h } from "../kit/dom.js";
import { table } from "../kit/table.js";
import { age, duration, secondsSince, stamp } from "../kit/times.js";
import { View } from "../kit/view.js";
import { say } from "../kit/words.js";
import { supervisor } from "./supervisor-state.js";

const LONGER = [0, 1, 5, 15, 60, 240]; // minutes
const ORDER = {
  number: (row) => row.number,
  who: (row) => row.customer_name,
  channel: (row) => channelWord(row.channel),
  queue: (row) => supervisor.queueName(row.queue),
  owner: (row) => row.owner_name || (row.owner ? row.owner : "\uffff"),
  waits: (row) => (row.waits_since ? secondsSince(row.waits_since) + 1 : 0),
  opened: (row) => Date.parse(row.opened_at),
};

class OpenView extends View {
  source = supervisor;
  topics = ["open", "channels", "live"];

  build() {
    this.sort = { by: "waits", down: true, change: (by, down) => supervisor.narrow({ sort: by, down: down ? "1" : "" }) };
    this.filters = h("div.filters");
    this.status = h("p.quiet.small", { role: "status" }, say("sup.wait"));
    this.more = h("button", { type: "button", hidden: true, onclick: () => supervisor.moreOpen() }, say("sup.more"));
    const column = (key, cell, number) => ({ key, text: say(`open.${key}`), sort: true, cell, number });
    this.table = table({
      label: say("open.title"), sort: this.sort, key: (row) => row.case_id, open: (row) => supervisor.look(row),
      sign: (row) => JSON.stringify([row, supervisor.zone, Boolean(supervisor.me)]),
      columns: [
        column("number", (row) => h("span.code", {}, row.number)), column("who", who), column("channel", (row) => channelMark(row.channel)),
        column("queue", (row) => supervisor.queueName(row.queue)), column("owner", owner), column("waits", waits, true), column("opened", (row) => stamp(row.opened_at), true),
        { key: "look", text: h("span.unseen", {}, say("sup.actions")), cell: look },
      ],
    });
    this.frame = h("div.table-frame", { tabindex: "0", role: "group", "aria-label": say("open.title") }, this.table.node);
    this.replaceChildren(h("div.section-head", {}, h("h2", {}, say("open.title")), this.status), this.filters, this.frame, this.more);
  }

  render() {
    const { open, narrowed } = supervisor;
    this.hidden = open === null;
    if (!open) return;
    this.#filters(narrowed);
    Object.assign(this.sort, { by: ORDER[narrowed.sort] ? narrowed.sort : "waits", down: narrowed.sort ? Boolean(narrowed.down) : true });
    this.table.update(sorted(open.items, this.sort));
    this.frame.hidden = !open.items.length;
    this.more.hidden = !open.next;
    const words = say(open.items.length ? "open.count" : "open.none", { n: `${open.items.length}${open.next ? "+" : ""}` });
    this.status.textContent = supervisor.failed("open") ? say("sup.stale", { time: stamp(supervisor.liveAt || new Date().toISOString()) }) : words;
  }

  /** Only drawn anew where there is something else to choose: whoever chooses keeps the focus. */
  #filters(narrowed) {
    const queues = Object.keys(supervisor.labels.queues).map((name) => [name, supervisor.queueName(name)]);
    const channels = (supervisor.channels ?? []).map(({ name }) => [name, channelWord(name)]);
    const owners = [["nobody", say("open.nobody")], ...(supervisor.live?.agents ?? []).map(({ id, name }) => [id, name])];
    const longer = LONGER.slice(1).map((minutes) => [String(minutes * 60), say("open.longer", { time: duration(minutes * 60) })]);
    const offered = { queue: queues, channel: channels, owner: owners, longer };
    const sign = JSON.stringify([offered, document.documentElement.lang]);
    if (sign !== this.offered) {
      this.offered = sign;
      const focused = this.filters.contains(document.activeElement) && document.activeElement.name;
      this.filters.replaceChildren(...Object.entries(offered).map(([name, options]) => choice(name, options)));
      if (focused) this.filters.querySelector(`[name=${focused}]`)?.focus();
    }
    for (const select of this.filters.querySelectorAll("select")) select.value = narrowed[select.name] ?? "";
  }
}

function choice(name, options) {
  const all = h("option", { value: "" }, say(`open.any.${name}`));
  return h("select", { name, "aria-label": say(`open.filter.${name}`), onchange: ({ target }) => supervisor.narrow({ [name]: target.value }) },
    all, options.map(([value, words]) => h("option", { value }, words)));
}

function sorted(items, { by, down }) {
  const of = ORDER[by];
  const order = (a, b) => (typeof of(a) === "number" ? of(a) - of(b) : String(of(a)).localeCompare(String(of(b))));
  return [...items].sort((a, b) => order(a, b) * (down ? -1 : 1) || a.case_id.localeCompare(b.case_id));
}

const who = (row) => [row.customer_name || "–", " ", ...row.tags.map((tag) => h("span.tag", {}, supervisor.tagName(tag)))];

function owner(row) {
  const inside = row.stepped_in.map((name) => h("span.tag.claimed", {}, say("open.in", { name: name || say("alert.somebody") })));
  const sleeps = row.snoozed_until ? h("span.tag", {}, say("open.snoozed", { time: stamp(row.snoozed_until) })) : "";
  return [row.owner ? row.owner_name || row.owner : h("span.quiet", {}, say("open.nobody")), " ", ...inside, sleeps];
}

function waits(row) {
  if (!row.waits_since) return "–";
  return h(secondsSince(row.waits_since) > 900 ? "b.late" : "span", {}, living("time", row.waits_since, age));
}

const look = (row) =>
  h("button", { type: "button", "data-look": row.case_id, "aria-label": say("open.look.case", { number: row.number }), onclick: () => supervisor.look(row) }, say("open.look"));

customElements.define("pb-open", OpenView);
