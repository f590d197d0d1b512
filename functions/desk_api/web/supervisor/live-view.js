/** Now: who waits and how long, who is there and in which presence. */

import { counted } from "../kit/counts.js";
import { h } from "../kit/dom.js";
import { supervisor } from "./supervisor-state.js";
import { living } from "../kit/ages.js";
import { age, duration, stamp } from "../kit/times.js";
import { View } from "../kit/view.js";
import { currentLanguage, say, sayOr } from "../kit/words.js";

class LiveView extends View {
  source = supervisor;
  topics = ["live"];

  build() {
    this.body = h("div.columns");
    this.fresh = h("p.quiet.small", { role: "status" }, say("sup.wait"));
    this.replaceChildren(h("div.section-head", {}, h("h2", {}, say("sup.live")), this.fresh), this.body);
  }

  render() {
    const { live, liveAt } = supervisor;
    if (!live) return;
    this.fresh.textContent = say(supervisor.failed("live") ? "sup.stale" : "sup.fresh", { time: stamp(liveAt) });
    this.body.replaceChildren(queues(live.queues), agents(live.agents));
  }
}

function queues(rows) {
  const waits = (row) => (row.waiting && row.oldest_seconds !== null ? duration(row.oldest_seconds) : "–");
  return h("div.queues", {}, rows.length ? rows.map((row) =>
    h("div.queue", { "data-some": row.waiting > 0 ? "true" : "false" },
      h("p.quiet.small", {}, `${say("sup.queue")} ${row.label?.[currentLanguage()] || row.queue}`),
      h("p.headline-value", {}, counted(row.waiting), h("small", {}, ` ${say("sup.waiting")}`)),
      h("p.small", {}, `${say("sup.oldest")} ${waits(row)}`))) : h("p.empty", {}, say("sup.noqueues")));
}

function agents(rows) {
  if (!rows.length) return h("p.empty", {}, say("sup.noagents"));
  const title = (key, spec = "th") => h(spec, { scope: "col" }, say(key));
  const head = [title("sup.agent"), title("sup.presence", "th.is-text"), title("sup.routing", "th.is-text"), title("sup.engagements"), title("sup.since")];
  const body = rows.map((row) =>
    h("tr", { "data-status": row.routing_status }, h("th", { scope: "row" }, row.name),
      h("td.is-text", {}, h("span.dot", { "data-presence": row.presence, "aria-hidden": "true" }), sayOr(`presence.${row.presence}`, row.presence)),
      h("td.is-text", {}, sayOr(`routing.${row.routing_status}`, row.routing_status)),
      h("td", {}, String(Array.isArray(row.engagements) ? row.engagements.length : row.engagements ?? 0)),
      h("td", {}, row.since ? living("time", row.since, age) : "–")));
  return h("div.table-frame", { tabindex: "0" },
    h("table", {}, h("caption", {}, say("sup.agents")), h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)));
}

customElements.define("pb-live", LiveView);
