/** The lines of a chat: messages with their time and state, surveys, and the days between them. */

import { h } from "../../../desk_api/web/kit/dom.js";
import { linked } from "../../../desk_api/web/kit/links.js";
import { filesOf } from "./files.js";
import { keyOf } from "./record.js";

const MOST_SCORES = 10;

/** What the log shows, as `reconcile` wants it. `say`, `language`, and what a click does come from the widget. */
export function lines(items, widget) {
  const all = [{ key: "hello", sign: "", make: () => line({ text: widget.say("hello") }, widget) }];
  const open = openQuestion(items);
  let before = "";
  for (const item of items) {
    const day = new Date(item.at).toDateString();
    if (day !== before) all.push(dayLine(`before ${keyOf(item)}`, day, widget));
    before = day;
    const times = widget.repeats(item);
    const sign = JSON.stringify([item.state, item.turn, item.score, item.reason, times > 0, item === open]);
    all.push({ key: keyOf(item), sign, make: () => line(item, widget, item === open) });
  }
  return all;
}

/** What can be pressed: the choices of our last question, until the visitor says something. */
function openQuestion(items) {
  const answered = items.findLastIndex(({ mine }) => mine);
  return items.findLast((item, n) => n > answered && Array.isArray(item.choices));
}

function dayLine(key, day, widget) {
  const words = dayWords(new Date(day), widget);
  return { key, sign: words, make: () => h("p.day", {}, words) };
}

function dayWords(day, { say, language }) {
  const now = new Date();
  const ago = Math.round((new Date(now.toDateString()) - day) / 86_400_000);
  if (ago === 0 || ago === 1) return say(ago ? "yesterday" : "today");
  const year = day.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return day.toLocaleDateString(language, { year, month: "long", day: "numeric", weekday: "short" });
}

/** Whose line it is stands apart from its words: their direction is that of their own first letter. */
function line(item, widget, open = false) {
  const who = h("span.unseen", {}, `${widget.say(item.mine ? "you" : "us")}: `);
  const made = h(`div.${item.mine ? "mine" : "theirs"}.${item.state ?? "accepted"}`, {}, who, item.text && h("p.text", { dir: "auto" }, linked(item.text)), filesOf(item, widget));
  if (item.kind === "survey_asked") made.append(...survey(item, widget));
  if (open) made.append(choices(item, widget));
  if (item.at) made.append(foot(item, widget));
  return made;
}

function foot(item, { say, language, repeats, again }) {
  const when = new Date(item.at).toLocaleTimeString(language, { hour: "numeric", minute: "2-digit" });
  if (!item.mine) return h("p.foot", {}, when);
  const state = item.reason || say(item.state === "sending" && repeats(item) ? "repeated" : item.state);
  const retry = item.state === "failed" && h("button.bare", { type: "button", onclick: () => again(item) }, say("again"));
  return h("p.foot", {}, `${when} · `, h("bdi", {}, state), retry);
}

function choices(item, { say, choose }) {
  const one = (choice) => h("button", { type: "button", onclick: () => choose(item, choice) },
    h("span", { dir: "auto" }, `${choice.label}`), choice.description && h("small", { dir: "auto" }, `${choice.description}`));
  return h(`fieldset.choices.${item.shown === "list" ? "list" : "buttons"}`, { "aria-label": say("choices") }, item.choices.map(one));
}

function survey(item, { say, score }) {
  const scale = Math.min(item.scale ?? 5, MOST_SCORES);
  const failed = item.state === "failed" && h("p.foot", {}, item.reason || say("failed"));
  if (item.score && !failed) return [h("p.foot", {}, say("thanks", { score: item.score, scale }))];
  const one = (n) => h("button", { type: "button", onclick: () => score(item, n) }, String(n));
  const scores = Array.from({ length: scale }, (_, n) => one(n + 1));
  const ends = h("div.ends", {}, h("span", {}, say("low")), h("span", {}, say("high")));
  return [h("fieldset.scores", { "aria-label": say("score") }, scores), ends, failed].filter(Boolean);
}
