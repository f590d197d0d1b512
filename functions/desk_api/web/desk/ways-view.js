/** The ways of a reply, to choose from; and of the chosen one who gets it, and how long it takes free words. */

import { living } from "../kit/ages.js";
import { channelMark, traitsOf } from "../kit/channels.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { duration, serverNow, stamp } from "../kit/times.js";
import { say, sayOr } from "../kit/words.js";
import { desk } from "./desk-state.js";
import { wayKey } from "./reply-way.js";

const FAR = 86_400_000; // whoever keeps a page open for a day has read the card again meanwhile
const SOON = 5000;

/** `draft`: a text of its own stands by this way. */
export function wayChoice(way, checked, draft, choose) {
  const reason = wayReason(way);
  const why = reason && h("small", {}, sayOr(`refused.${reason}`, reason));
  const input = h("input", { type: "radio", name: "way", value: wayKey(way), disabled: !way.allowed, checked, onchange: choose });
  return h(way.allowed ? "label.way" : "label.way.refused", {}, input, channelMark(way.channel), h("span.way-address", {}, way.display), why, draft && h("small.draft", {}, say("write.draft")));
}

export const wayReason = (way) => (way.only_template ? "only_template" : way.allowed ? leftBy(way) : way.reason);

/** Who left a live channel reads on only when they come back: the agent is to know before writing there. */
function leftBy({ channel }) {
  const { case_id, customer_id } = desk.current;
  const here = desk.talks.cards.get(customer_id)?.cases.find((one) => one.case_id === case_id)?.interactions ?? [];
  const last = here.findLast((one) => one.channel === channel);
  return traitsOf(channel)?.live && last?.ended_by === "customer" ? "left" : "";
}

/** Fixed by the exchange, so it is shown before anything is sent. */
export function aboutWay(way) {
  const row = (name, value) => value && h("div", {}, h("dt", {}, say(`mail.${name}`)), h("dd", { dir: "auto" }, value));
  const rows = [row("to", way.to), row("cc", way.cc?.join(", ")), row("subject", way.subject)].filter(Boolean);
  return [rows.length > 0 && h("dl.mail-rows", {}, rows), windowOf(way)].filter(Boolean);
}

/** What may go out changes when the window ends: the centre says to what. The answer is the timer. */
export function atItsEnd(way) {
  const { customer_id } = desk.current;
  const wait = way?.until ? Date.parse(way.until) - serverNow() : FAR;
  return wait < FAR ? setTimeout(() => desk.talks.loadCard(customer_id).catch(() => {}), Math.max(wait, SOON)) : 0;
}

function windowOf(way) {
  if (way.window === "template_only") return h("p.window.closed", {}, icon("warn"), say("window.template_only"));
  if (!way.until) return null;
  const left = (iso) => duration(Math.max(0, (Date.parse(iso) - serverNow()) / 1000));
  const write = (iso) => say(`window.${way.window}`, { time: stamp(iso), left: left(iso) });
  return h(`p.window.${way.window}`, {}, icon("clock"), living("time", way.until, write));
}
