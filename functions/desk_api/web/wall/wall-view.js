/** What stands on the wall. Nothing here scrolls: what does not fit is counted. */

import { h } from "../kit/dom.js";
import { duration } from "../kit/times.js";
import { currentLanguage, say, sayOr } from "../kit/words.js";

const MOST_QUEUES = 6;
const NONE = "–";
const LATE = 120; // seconds from which the longest wait stands out, where no goal says another
const ORDER = ["interacting", "idle", "not_responding", "break", "meal", "training", "aux", "off_queue"];

export function board(wall) {
  const goal = Math.max(0, ...wall.queues.map((one) => one.goal_seconds)) || LATE;
  return [
    h("section.wall-now", { "aria-label": say("wall.now") },
      figure("waiting", String(wall.waiting), wall.waiting ? "some" : ""),
      figure("oldest", wall.oldest_seconds === null ? NONE : duration(wall.oldest_seconds), wall.oldest_seconds > goal ? "bad" : "")),
    h("section.wall-day", { "aria-label": say("wall.today") },
      figure("level", percent(wall.totals.service_level_answered)),
      figure("handled", String(wall.totals.contacts_handled)),
      figure("asa", wall.totals.average_queue_answer_time === null ? NONE : duration(wall.totals.average_queue_answer_time)),
      figure("csat", percent(wall.totals.csat), "", wall.totals.surveys_answered ? say("wall.of", { n: wall.totals.surveys_answered }) : "")),
    agents(wall.agents),
    queues(wall.queues),
  ];
}

const figure = (name, value, tone = "", beside = "") =>
  h("dl.wall-figure", { "data-tone": tone }, h("dt", {}, say(`wall.${name}`)), h("dd", {}, value, beside && h("small", {}, ` ${beside}`)));

const percent = (value) => (value === null || value === undefined ? NONE : `${Math.round(value)}%`);

function agents(states) {
  const known = Object.entries(states).sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
  const line = ([state, n]) => h("div", { "data-state": state }, h("dt", {}, sayOr(`routing.${state}`, sayOr(`presence.${state}`, state))), h("dd", {}, String(n)));
  return h("section.wall-agents", {}, h("h2", {}, say("wall.agents")),
    known.length ? h("dl", {}, known.map(line)) : h("p.wall-none", {}, say("wall.noagents")));
}

/** Where most wait comes first. */
function queues(rows) {
  const order = [...rows].sort((a, b) => b.waiting - a.waiting || name(a).localeCompare(name(b)));
  const [shown, rest] = [order.slice(0, MOST_QUEUES), order.slice(MOST_QUEUES)];
  const head = ["queues", "waiting", "oldest", "level", "handled"].map((key, n) => h(n ? "th" : "th.is-text", { scope: "col" }, say(`wall.${key}`)));
  const waiting = rest.reduce((sum, one) => sum + one.waiting, 0);
  return h("section.wall-queues", {},
    h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, shown.map(line))),
    rest.length ? h("p.wall-none", {}, say("wall.more", { n: rest.length, waiting })) : "");
}

function line(row) {
  const shut = row.opening === "open" ? "" : h("small", {}, ` ${say(`wall.${row.opening}`)}`);
  const late = row.oldest_seconds > row.goal_seconds ? "td.late" : "td";
  return h("tr", { "data-some": String(row.waiting > 0) }, h("th.is-text", { scope: "row" }, name(row), shut), h("td", {}, String(row.waiting)),
    h(late, {}, row.oldest_seconds === null ? NONE : duration(row.oldest_seconds)),
    h("td", {}, percent(row.numbers.service_level_answered)), h("td", {}, String(row.numbers.contacts_handled)));
}

const name = (row) => row.label?.[currentLanguage()] || row.queue;
