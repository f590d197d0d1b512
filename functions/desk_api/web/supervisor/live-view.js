/** Now: queues with who serves them, agents with what they hold, and what a supervisor can do about both. */

import { closeQueue, drainQueue, openQueue, showWaiting } from "./actions-view.js";
import { channelMark } from "../kit/channels.js";
import { h } from "../kit/dom.js";
import { term } from "./explain.js";
import { counted } from "../kit/counts.js";
import { written } from "./metrics.js";
import { reasonOf } from "../kit/labels.js";
import * as acts from "./queue-acts.js";
import { supervisor } from "./supervisor-state.js";
import { living } from "../kit/ages.js";
import { age, duration, stamp } from "../kit/times.js";
import { View } from "../kit/view.js";
import { currentLanguage, say, sayOr } from "../kit/words.js";

class LiveView extends View {
  source = supervisor;
  topics = ["live", "figures"];
  #sign = "";

  build() {
    this.body = h("div.live");
    this.fresh = h("p.quiet.small", { role: "status" }, say("sup.wait"));
    this.replaceChildren(h("div.section-head", {}, h("h2", {}, say("sup.live")), this.fresh), this.body);
  }

  /** Drawn again only where something changed: a button keeps the focus while nothing happens. */
  render() {
    const { live, liveAt, figures, day } = supervisor;
    if (!live) return;
    this.fresh.textContent = say(supervisor.failed("live") ? "sup.stale" : "sup.fresh", { time: stamp(liveAt), zone: supervisor.zone });
    const levels = day ? {} : (figures?.queues ?? {});
    const sign = JSON.stringify([live, supervisor.aux, supervisor.zone, levels]);
    if (sign === this.#sign) return;
    this.#sign = sign;
    const focused = document.activeElement?.dataset?.focus;
    this.body.replaceChildren(queues(live.queues, levels), agents(live.agents));
    if (focused) this.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }
}

export const labelOf = (queue) => queue.label?.[currentLanguage()] || queue.queue;

function queues(rows, levels) {
  if (!rows.length) return h("p.empty", {}, say("sup.noqueues"));
  return h("div.queues", {}, rows.map((row) => queueCard(row, levels)));
}

function queueCard(row, levels) {
  const waits = row.waiting && row.oldest_seconds !== null ? duration(row.oldest_seconds) : "–";
  const level = levels[row.queue] ?? null;
  const goal = h("small.quiet", {}, ` ${say("sup.goal", { time: duration(row.goal_seconds) })}`);
  const fact = (key, value, name = say(key)) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
  const door = (key, what, action) => h("button", { type: "button", onclick: action, "data-focus": `${what}:${row.queue}`, "aria-label": `${labelOf(row)}: ${say(key)}` }, say(key));
  const open = row.opening === "open";
  return h("section.queue", { "data-some": row.waiting > 0 ? "true" : "false", "data-opening": row.opening, "aria-label": labelOf(row) },
    h("p.queue-name", {}, h("b", {}, labelOf(row)), open ? "" : h("span.tag.bad", {}, say(`sup.${row.opening}`))),
    h("p.headline-value", {}, counted(row.waiting, 999), h("small", {}, ` ${say("sup.waiting")}`)),
    h("dl.facts", {}, fact("sup.oldest", waits),
      fact("sup.level", [written(level, "percent"), goal], term("service_level_answered", say("sup.level"))),
      fact("sup.serving", say("sup.freeof", { free: row.free, serving: row.serving }))),
    open ? null : h("p.small.quiet", {}, outcome(row)),
    h("div.doors", {}, door("sup.contacts", "contacts", () => showWaiting(row)),
      open ? [door("sup.drain", "drain", () => drainQueue(row)), door("sup.close", "close", () => closeQueue(row))]
        : door("sup.reopen", "open", () => openQueue(row))));
}

function outcome(row) {
  const why = row.why ? ` “${row.why}”` : "";
  if (row.opening === "draining") return say("sup.into", { queue: supervisor.queueName(row.into) }) + why;
  return (row.until ? say("sup.until", { time: stamp(row.until) }) : say("sup.byhand")) + why;
}

function agents(rows) {
  if (!rows.length) return h("p.empty", {}, say("sup.noagents"));
  const title = (key, spec = "th") => h(spec, { scope: "col" }, say(key));
  const head = [title("sup.agent"), title("sup.presence", "th.is-text"), title("sup.routing", "th.is-text"), title("sup.engagements", "th.is-text"), title("sup.room"), title("sup.since"), h("th", {}, h("span.unseen", {}, say("sup.actions")))];
  const body = rows.map(agentRow);
  return h("div.table-frame", { tabindex: "0" },
    h("table", {}, h("caption", {}, say("sup.agents")), h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)));
}

function agentRow(row) {
  const presence = row.presence === "aux" ? reasonOf(supervisor.aux, row.reason) : sayOr(`presence.${row.presence}`, row.presence);
  const holds = row.holds.length ? row.holds.map((channel) => channelMark(channel)) : ["–"];
  const key = row.draining ? "sup.undrain" : "sup.drain";
  const drain = h("button.plain", { type: "button", "data-focus": `agent:${row.id}`, "aria-label": `${row.name}: ${say(key)}`, onclick: () => acts.drain(row.id, !row.draining) }, say(key));
  return h("tr", { "data-status": row.routing_status }, h("th", { scope: "row" }, row.name),
    h("td.is-text", {}, h("span.dot", { "data-presence": row.presence, "aria-hidden": "true" }), presence),
    h("td.is-text", {}, sayOr(`routing.${row.routing_status}`, row.routing_status), row.draining ? [" ", h("span.tag.claimed", {}, say("sup.draining"))] : ""),
    h("td.is-text", {}, h("span.holds", {}, holds, row.wrapping ? h("span.tag", {}, say("sup.wrapping", { n: row.wrapping })) : "")),
    h("td", {}, `${Math.max(0, row.full - row.used)}/${row.full}`),
    h("td", {}, row.since ? living("time", row.since, age) : "–"), h("td", {}, drain));
}

customElements.define("pb-live", LiveView);
