/** A day's figures: large numbers, columns per hour, and the same per channel. */

import { hourChart } from "./chart.js";
import { h } from "../kit/dom.js";
import { channelMark } from "../kit/channels.js";
import { CHARTS, channelsOf, HEADLINES, MORE, PER_CHANNEL, rateOf, REPUTATION, sum, written } from "./metrics.js";
import { supervisor } from "./supervisor-state.js";
import { term } from "./explain.js";
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
      reputation(figures.rows, channels.filter((channel) => supervisor.judged(channel)))].filter(Boolean));
    this.querySelectorAll("details").forEach((node, n) => (node.open = unfolded[n] ?? false));
  }
}

function headline({ name, unit, top, bottom }, totals) {
  const base = bottom && totals[bottom] !== undefined ? say("sup.of", { top: totals[top] ?? 0, bottom: totals[bottom] }) : "";
  return h("div.headline", {}, h("p.headline-name", {}, term(name)),
    h("p.headline-value", {}, written(totals[name], unit)), h("p.quiet.small", {}, base));
}

const more = (totals) =>
  h("dl.more", {}, MORE.map(({ name, unit }) => h("div", {}, h("dt", {}, term(name)), h("dd", {}, written(totals[name], unit)))));

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
    return h("tr", {}, h("th", { scope: "row" }, channelMark(channel), " ", term(rate)),
      h("td", {}, written(sent, "count")), h("td", {}, written(sum(theirs, count), "count")),
      h(value >= review ? "td.bad" : "td", {}, shown), h("td", {}, `${review}%`), h("td", {}, `${pause}%`));
  };
  return h("div.table-frame.reputation", { tabindex: "0" }, h("table", {}, h("caption", {}, say("sup.reputation")),
    h("thead", {}, h("tr", {}, names.map((name) => title(say(name))))),
    h("tbody", {}, channels.flatMap((channel) => REPUTATION.map((one) => line(channel, one))))));
}

/** A table of counts: a line for each [title, rows], and their sum. */
function summed(caption, first, names, parts, all) {
  const title = (text) => h("th", { scope: "col" }, text);
  const line = (text, rows) => h("tr", {}, h("th", { scope: "row" }, text), names.map((name) => h("td", {}, written(sum(rows, name), "count"))));
  const head = h("tr", {}, title(first), names.map((name) => title(term(name))));
  return h("div.table-frame", { tabindex: "0" }, h("table", {}, h("caption", {}, caption), h("thead", {}, head),
    h("tbody", {}, parts.map(([text, rows]) => line(text, rows))), h("tfoot", {}, line(say("sup.total"), all))));
}

customElements.define("pb-figures", FiguresView);
