/** Stacked columns per hour, drawn as SVG. The same numbers stand in a table for those who cannot see it. */

import { h, svg } from "../kit/dom.js";
import { channelMark, channelWord } from "../kit/channels.js";
import { term } from "./explain.js";
import { sum } from "./metrics.js";
import { say } from "../kit/words.js";

const WIDTH = 720;
const HEIGHT = 190;
const LEFT = 34;
const FOOT = 22;
const HEAD = 8;

export function hourChart(rows, metric, channels) {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const value = (hour, channel) => sum(rows.filter((row) => row.hour === hour && row.channel === channel), metric);
  const stacks = hours.map((hour) => channels.map((channel) => value(hour, channel)));
  const top = ceiling(Math.max(1, ...stacks.map((stack) => stack.reduce((a, b) => a + b, 0))));
  const name = say(`metric.${metric}`);
  return h("figure.chart", {},
    h("figcaption", {}, h("b", {}, term(metric)), h("span.legend", {}, channels.map(channelMark))),
    svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": say("sup.chart", { metric: name }) },
      lines(top), stacks.map((stack, hour) => column(stack, hour, channels, top)), ticks()),
    h("details", {}, h("summary", {}, say("sup.astable")), table(stacks, channels)));
}

const STEP = (WIDTH - LEFT) / 24;
const y = (value, top) => HEAD + (HEIGHT - HEAD - FOOT) * (1 - value / top);

function column(stack, hour, channels, top) {
  let below = 0;
  const bars = stack.map((value, n) => {
    if (!value) return null;
    const [from, to] = [y(below, top), y(below + value, top)];
    below += value;
    const words = `${hour}:00 ${channelWord(channels[n])}: ${value}`;
    const shape = { x: LEFT + hour * STEP + STEP * 0.14, y: to, width: STEP * 0.72, height: Math.max(1, from - to - 1), rx: 2 };
    return svg("rect.bar", { ...shape, "data-channel": channels[n], "data-n": n % 6 }, svg("title", {}, words));
  });
  return svg("g", {}, bars);
}

function lines(top) {
  return [0, top / 2, top].map((value) =>
    svg("g", {}, svg("line.grid", { x1: LEFT, x2: WIDTH, y1: y(value, top), y2: y(value, top) }),
      svg("text.tick", { x: LEFT - 6, y: y(value, top) + 4, "text-anchor": "end" }, String(value))));
}

const ticks = () =>
  [0, 3, 6, 9, 12, 15, 18, 21].map((hour) =>
    svg("text.tick", { x: LEFT + hour * STEP + STEP / 2, y: HEIGHT - 5, "text-anchor": "middle" }, String(hour)));

/** The next even round number, so that the middle line is a whole one. */
function ceiling(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  const round = [1, 2, 4, 6, 8, 10].find((step) => step * unit >= value) * unit;
  return Math.max(2, round);
}

function table(stacks, channels) {
  const head = h("tr", {}, h("th", { scope: "col" }, say("sup.hour")),
    channels.map((channel) => h("th", { scope: "col" }, channelWord(channel))));
  const used = stacks.map((stack, hour) => ({ stack, hour })).filter(({ stack }) => stack.some(Boolean));
  const body = used.map(({ stack, hour }) => h("tr", {}, h("th", { scope: "row" }, `${hour}:00`), stack.map((value) => h("td", {}, String(value)))));
  return h("table.plain-table", {}, h("thead", {}, head), h("tbody", {}, body));
}
