/** What a supervisor does to a queue: drain it, close it, and move or give away who waits in it. */

import * as acts from "./queue-acts.js";
import { supervisor } from "./supervisor-state.js";
import { channelMark, channelWord } from "../kit/channels.js";
import { ask, show } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { duration, secondsSince } from "../kit/times.js";
import { say } from "../kit/words.js";

const OLDER = [0, 1, 5, 15, 60];

const why = () => h("label.field", {}, h("span", {}, say("sup.why")), h("input", { name: "why", maxlength: 200, autocomplete: "off" }));

const elsewhere = (row, name) =>
  h("select", { name, "aria-label": say("sup.to") }, supervisor.live.queues.filter((one) => one.queue !== row.queue)
    .map((one) => h("option", { value: one.queue }, supervisor.queueName(one.queue))));

export function drainQueue(row) {
  const lead = h("p", {}, say("sup.drain.lead"));
  const fields = [lead, h("label.field", {}, h("span", {}, say("sup.drain.into")), elsewhere(row, "into")), why()];
  ask(say("sup.drain.title", { queue: supervisor.queueName(row.queue) }), say("sup.drain"), fields, ({ into = "", why: words }) =>
    acts.run(row.queue, "draining", words, into));
}

export function closeQueue(row) {
  const fields = [h("p", {}, say("sup.close.lead")), why()];
  ask(say("sup.close.title", { queue: supervisor.queueName(row.queue) }), say("sup.close"), fields, ({ why: words }) =>
    acts.run(row.queue, "closed", words));
}

export function openQueue(row) {
  ask(say("sup.reopen.title", { queue: supervisor.queueName(row.queue) }), say("sup.reopen"), [h("p", {}, say("sup.reopen.lead")), why()], ({ why: words }) =>
    acts.run(row.queue, "open", words));
}

/** Who waits in a queue: narrowed by channel, need and age; moved together, or given to an agent one by one. */
export function showWaiting(row) {
  const title = say("sup.contacts.title", { queue: supervisor.queueName(row.queue) });
  const status = h("p.quiet.small", { role: "status" }, say("sup.wait"));
  const body = h("tbody");
  const more = h("button", { type: "button", hidden: true }, say("sup.more"));
  const filter = filters();
  const move = h("button.primary", { type: "button", disabled: true }, say("sup.move"));
  const target = elsewhere(row, "to");
  const close = h("button", { type: "button", onclick: () => dialog.close() }, say("sup.done"));
  const head = ["sup.position", "sup.channel", "sup.case", "sup.needs", "sup.waited", "sup.give"].map((key) => h("th.is-text", { scope: "col" }, say(key)));
  const dialog = show(title, h("div", {}, h("div.filters", {}, filter.parts), status,
    h("div.table-frame", { tabindex: "0" }, h("table", {}, h("thead", {}, h("tr", {}, head)), body)), more,
    h("div.dialog-doors", {}, h("span.spring"), target, move, close)), { spec: "dialog.wide" });
  let next = null;
  let total = 0;

  async function load(after) {
    status.textContent = say("sup.wait");
    try {
      const page = await acts.waiting(row.queue, filter.values(), after);
      if (!after) body.replaceChildren();
      body.append(...page.items.map((one) => line(one, () => load(0), status)));
      [next, total] = [page.next, page.total];
      status.textContent = say(total ? "sup.fits" : "sup.nobody", { n: total });
    } catch (failure) {
      status.textContent = failure.sentence ?? failure.message;
    }
    more.hidden = next === null;
    move.disabled = !total || !target.value;
    move.textContent = say("sup.movemany", { n: total });
  }

  more.addEventListener("click", () => load(next));
  move.addEventListener("click", () => moveAll(row, target.value, filter.values(), total, () => load(0)));
  filter.parts.forEach((part) => part.addEventListener("change", () => load(0)));
  load(0);
}

function filters() {
  const select = (key, options) => h("select", { "aria-label": say(key) }, options.map(([value, words]) => h("option", { value }, words)));
  const channels = (supervisor.channels ?? []).map((one) => [one.name, channelWord(one.name)]);
  const channel = select("sup.channel", [["", say("sup.anychannel")], ...channels]);
  const need = select("sup.needs", [["", say("sup.anyneed")], ...supervisor.skills()]);
  const older = select("sup.waited", OLDER.map((minutes) => [minutes * 60, minutes ? say("sup.older", { n: minutes }) : say("sup.anyage")]));
  return { parts: [channel, need, older], values: () => ({ channel: channel.value, need: need.value, older: Number(older.value) }) };
}

function line(one, again, status) {
  const agents = (supervisor.live?.agents ?? []).filter((agent) => agent.presence !== "offline" && !agent.draining);
  const give = h("select", { "aria-label": `${one.number}: ${say("sup.give")}` }, h("option", { value: "" }, say("sup.choose")),
    agents.map((agent) => h("option", { value: agent.id }, agent.name)));
  give.addEventListener("change", async () => {
    give.disabled = true;
    try {
      const { rings } = await acts.give(one, give.value);
      await again();
      status.textContent = say(rings ? "sup.given" : "sup.givenlater");
    } catch (failure) {
      status.textContent = failure.sentence ?? failure.message;
      give.disabled = false;
    }
  });
  return h("tr", {}, h("td.is-text", {}, String(one.position)), h("td.is-text", {}, channelMark(one.channel)), h("td.is-text", {}, h("button.plain.code", { type: "button", title: say("chose.title"), onclick: (event) => showWhy(event, one) }, one.number)),
    h("td.is-text", {}, one.needs.length ? one.needs.map((need) => h("span.tag", {}, supervisor.skillName(need))) : "–"),
    h("td.is-text", {}, duration(secondsSince(one.since))), h("td.is-text", {}, give));
}

/** The page itself says why, so the dialog goes. */
function showWhy(event, { interaction_id, customer_id }) {
  event.target.closest("dialog").close();
  document.dispatchEvent(new CustomEvent("why", { detail: { contact: interaction_id, customer: customer_id } }));
}

/** A hundred at a time, with how far it is; what fails stops it, and what was moved stays moved. */
function moveAll(row, to, which, total, again) {
  const lead = h("p", {}, say("sup.move.lead", { n: total, queue: supervisor.queueName(row.queue), to: supervisor.queueName(to) }));
  const progress = h("progress.moving", { max: Math.max(1, total), value: 0, hidden: true, "aria-label": say("sup.moving") });
  ask(say("sup.move.title", { n: total }), say("sup.move"), [lead, progress], async () => {
    progress.hidden = false;
    for (let moved = 0, left = 1; left > 0; ) {
      const answer = await acts.move(row.queue, to, which);
      moved += answer.moved;
      left = answer.moved ? answer.left : 0;
      progress.value = moved;
    }
    await again();
  });
}
