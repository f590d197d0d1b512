/** A day's figures: large numbers, columns per hour, and the same per channel. */

import { hourChart } from "./chart.js";
import { h } from "../kit/dom.js";
import { channelMark } from "../kit/channels.js";
import { CHARTS, channelsOf, HEADLINES, MORE, PER_CHANNEL, sum, written } from "./metrics.js";
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
    this.replaceChildren(
      h("div.headlines", {}, HEADLINES.map((metric) => headline(metric, figures.totals))),
      channels.length ? h("div.charts", {}, CHARTS.map((metric) => hourChart(figures.rows, metric, channels))) : h("p.empty", {}, say("sup.nofigures")),
      h("div.columns", {}, more(figures.totals), channels.length ? perChannel(figures.rows, channels) : null));
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
  const head = h("tr", {}, h("th", { scope: "col" }, say("sup.channel")), PER_CHANNEL.map((name) => h("th", { scope: "col" }, say(`metric.${name}`))));
  const line = (title, some) => h("tr", {}, h("th", { scope: "row" }, title), PER_CHANNEL.map((name) => h("td", {}, written(sum(some, name), "count"))));
  const body = channels.map((channel) => line(channelMark(channel), rows.filter((row) => row.channel === channel)));
  return h("div.table-frame", { tabindex: "0" }, h("table", {}, h("caption", {}, say("sup.bychannel")), h("thead", {}, head),
    h("tbody", {}, body), h("tfoot", {}, line(say("sup.total"), rows))));
}

customElements.define("pb-figures", FiguresView);
