/** A day's figures: large numbers, columns per hour, and the same per channel. */

import { hourChart } from "./chart.js";
import { h } from "../kit/dom.js";
import { channelMark } from "../kit/channels.js";
import { CHARTS, channelsOf, HEADLINES, MORE, PER_AGENT, PER_CHANNEL, rateOf, REPUTATION, sum, written } from "./metrics.js";
import { supervisor } from "./supervisor-state.js";
import { View } from "../kit/view.js";
import { say } from "../kit/words.js";

class FiguresView extends View {
  source = supervisor;
  topics = ["figures"];
  #sign = "";

  render() {
    const { figures } = supervisor;
    const sign = JSON.stringify(figures);
    if (!figures || sign === this.#sign) return;
    this.#sign = sign;
    const channels = channelsOf(figures.rows);
    const unfolded = [...this.querySelectorAll("details")].map((node) => node.open);
    this.replaceChildren(...[
      h("div.headlines", {}, HEADLINES.map((metric) => headline(metric, figures.totals))),
      channels.length ? h("div.charts", {}, CHARTS.map((metric) => hourChart(figures.rows, metric, channels))) : h("p.empty", {}, say("sup.nofigures")),
      h("div.columns", {}, more(figures.totals), channels.length ? perChannel(figures.rows, channels) : null),
      reputation(figures.rows, channels.filter((channel) => supervisor.judged(channel))),
      perAgent(figures)].filter(Boolean));
    this.querySelectorAll("details").forEach((node, n) => (node.open = unfolded[n] ?? false));
  }
}

function headline({ name, unit, top, bottom }, totals) {
  const base = bottom && totals[bottom] !== undefined ? say("sup.of", { top: totals[top] ?? 0, bottom: totals[bottom] }) : "";
  return h("div.headline", {}, h("p.headline-name", {}, say(`metric.${name}`)),
    h("p.headline-value", {}, written(totals[name], unit)), h("p.quiet.small", {}, base));
}

const more = (totals) =>
  h("dl.more", {}, MORE.map(({ name, unit }) => h("div", {}, h("dt", {}, say(`metric.${name}`)), h("dd", {}, written(totals[name], unit)))));

function perChannel(rows, channels) {
  const parts = channels.map((channel) => [channelMark(channel), rows.filter((row) => row.channel === channel)]);
  return summed(say("sup.bychannel"), say("sup.channel"), PER_CHANNEL, parts, rows);
}

/** Mail that came back or was reported, beside what the mail service allows: who is over it may not send for long. */
function reputation(rows, channels) {
  if (!channels.length) return null;
  const title = (text) => h("th", { scope: "col" }, text);
  const names = ["sup.channel", "sup.sent", "sup.count", "sup.rate", "sup.review", "sup.pause"];
  const line = (channel, { rate, count, review, pause }) => {
    const theirs = rows.filter((row) => row.channel === channel);
    const value = rateOf(theirs, count);
    const sent = sum(theirs, "messages_sent") + sum(theirs, "surveys_asked");
    const shown = value === null ? written(null) : `${value.toFixed(2)}%`;
    return h("tr", {}, h("th", { scope: "row" }, channelMark(channel), " ", say(`metric.${rate}`)),
      h("td", {}, written(sent, "count")), h("td", {}, written(sum(theirs, count), "count")),
      h(value >= review ? "td.bad" : "td", {}, shown), h("td", {}, `${review}%`), h("td", {}, `${pause}%`));
  };
  return h("div.table-frame.reputation", { tabindex: "0" }, h("table", {}, h("caption", {}, say("sup.reputation")),
    h("thead", {}, h("tr", {}, names.map((name) => title(say(name))))),
    h("tbody", {}, channels.flatMap((channel) => REPUTATION.map((one) => line(channel, one))))));
}

/** By name, and by id where nobody knows it any more. What no agent had a part in is in no line, nor in the sum. */
function perAgent({ rows, agents }) {
  const theirs = rows.filter((row) => row.agent);
  const named = [...new Set(theirs.map((row) => row.agent))].map((id) => [agents[id] || id, theirs.filter((row) => row.agent === id)]);
  named.sort(([one], [other]) => one.localeCompare(other));
  return named.length ? summed(say("sup.byagent"), say("sup.agent"), PER_AGENT, named, theirs) : null;
}

/** A table of counts: a line for each [title, rows], and their sum. */
function summed(caption, first, names, parts, all) {
  const title = (text) => h("th", { scope: "col" }, text);
  const line = (text, rows) => h("tr", {}, h("th", { scope: "row" }, text), names.map((name) => h("td", {}, written(sum(rows, name), "count"))));
  const head = h("tr", {}, title(first), names.map((name) => title(say(`metric.${name}`))));
  return h("div.table-frame", { tabindex: "0" }, h("table", {}, h("caption", {}, caption), h("thead", {}, head),
    h("tbody", {}, parts.map(([text, rows]) => line(text, rows))), h("tfoot", {}, line(say("sup.total"), all))));
}

customElements.define("pb-figures", FiguresView);
