/** How satisfied a customer was, from their survey answers: a small line, and the same in words. */

import { h, svg } from "../../kit/dom.js";
import { say } from "../../kit/words.js";

const [WIDTH, HEIGHT, EDGE] = [120, 28, 4];

/** Answers, the oldest first. */
export function answered(cases) {
  const scored = cases.filter((one) => one.score !== null && one.score !== undefined);
  return scored.sort((a, b) => (a.opened_at < b.opened_at ? -1 : 1)).map((one) => Number(one.score));
}

/** The newer half against the older one; half a point is what counts as another direction. */
export function direction(scores) {
  if (scores.length < 2) return "";
  const half = Math.floor(scores.length / 2);
  const step = mean(scores.slice(-half)) - mean(scores.slice(0, half));
  return step >= 0.5 ? "rising" : step <= -0.5 ? "falling" : "steady";
}

const mean = (scores) => scores.reduce((sum, one) => sum + one, 0) / scores.length;

export function trend(cases, scale) {
  const scores = answered(cases);
  if (!scores.length) return null;
  const words = scores.length === 1 ? say("survey.one", { score: scores[0], scale })
    : `${say("survey.mean", { mean: mean(scores).toFixed(1), scale, n: scores.length })} · ${say(`survey.${direction(scores)}`)}`;
  const line = scores.length > 1 && spark(scores.slice(-20), scale);
  return h("section", {}, h("h3", {}, say("survey.title")), h("div.trend", {}, line, h("span.small", {}, words)));
}

function spark(scores, scale) {
  const x = (n) => EDGE + (n * (WIDTH - 2 * EDGE)) / (scores.length - 1);
  const y = (score) => HEIGHT - EDGE - ((score - 1) * (HEIGHT - 2 * EDGE)) / Math.max(1, scale - 1);
  const points = scores.map((score, n) => `${x(n).toFixed(1)},${y(score).toFixed(1)}`).join(" ");
  const last = svg("circle", { cx: x(scores.length - 1).toFixed(1), cy: y(scores.at(-1)).toFixed(1), r: 3 });
  const label = say("survey.answers", { scores: scores.join(", ") });
  return svg("svg.spark", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label }, svg("polyline", { points }), last);
}
