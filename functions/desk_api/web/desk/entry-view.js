/** One line of the timeline: a message, a note, or something that happened. */

import { h } from "../kit/dom.js";
import { callMore, callValues, voicemail } from "./call/call-entry.js";
import { withNumbers } from "./call/numbers.js";
import { channelMark, channelWord } from "../kit/channels.js";
import { icon } from "../kit/icons.js";
import { iconOf, queueName } from "../kit/labels.js";
import { linked } from "../kit/links.js";
import { clock, full, stamp } from "../kit/times.js";
import { currentLanguage, say, sayOr } from "../kit/words.js";
import { filesGoing, filesOf } from "./file-view.js";
import { mailHead, mailMore } from "./mail-view.js";

const MESSAGES = { message_received: "from-customer", message_sent: "from-us", note_added: "note" };
const DELIVERY_ICONS = { held: "clock", withdrawn: "back", queued: "clock", sending: "clock", sent: "check", delivered: "checks", read: "checks", failed: "warn", unknown: "claimed" };

/** `joined`: the line before is of the same person on the same channel, so it need not be said again. */
export function entryLine(entry, joined, desk) {
  return MESSAGES[entry.kind] ? messageLine(entry, joined, desk) : eventLine(entry, desk);
}

function messageLine(entry, joined, desk) {
  const kind = MESSAGES[entry.kind];
  const look = `${entry.mentioned?.includes(desk.agent?.id) ? ".to-me" : ""}${isAutomatic(entry) || entry.facts?.automatic ? ".automatic" : ""}${entry.mail ? ".mail" : ""}${entry.delivery === "withdrawn" ? ".withdrawn" : ""}`;
  const line = h(`div.line.${kind}${look}`, { "data-case": entry.case_id }, joined ? null : head(entry, desk), mailHead(entry), entry.text && bubble(entry.text, desk), mailMore(entry));
  if (entry.choices?.length) line.append(h("ul.line-choices", { "aria-label": say("entry.choices") }, entry.choices.map(({ label }) => h("li", { dir: "auto" }, label))));
  if (entry.facts?.sent_at) line.append(h("p.line-media", {}, icon("clock"), say("entry.late", { time: full(entry.facts.sent_at) })));
  line.append(...[voicemail(entry), filesOf(entry)].filter(Boolean));
  const foot = h("p.line-foot", {}, at(entry.at));
  if (kind === "from-us" && entry.delivery) foot.append(delivery(entry), anew(entry, desk), undo(entry, desk));
  line.append(foot);
  if (joined) line.classList.add("joined");
  return line;
}

/** What was written here and has no seq yet; it turns into the entry when that arrives. */
export function pendingLine(one, desk) {
  const entry = { ...one, actor_name: desk.agent?.name };
  const refused = one.state === "refused";
  const text = refused ? say("delivery.refused", { reason: one.reason }) : say(`delivery.${one.state}`);
  const foot = h("p.line-foot", {}, at(one.at), h(`span.delivery.${refused ? "failed" : "sending"}`, {}, icon(refused ? "warn" : "clock"), text));
  if (refused) foot.append(...doors(one, desk));
  return h(`div.line.pending.${MESSAGES[one.kind]}`, {}, head(entry, desk), one.text && bubble(one.text, desk), filesGoing(one.files), foot);
}

function doors(one, desk) {
  const button = (key, action) => h("button.plain", { type: "button", onclick: action }, say(key));
  return [
    button("delivery.again", () => desk.writing.again(one)),
    button("delivery.edit", () => desk.writing.edit(one)),
  ];
}

/** What the centre itself wrote to the customer: nobody is to take it for an agent's words. */
const isAutomatic = (entry) => entry.actor === "system" && entry.audience === "customer";

const automatic = () => h("span.tag.of-automatic", {}, icon("auto"), say("entry.automatic"));

function head(entry, desk) {
  if (isAutomatic(entry)) return h("p.line-head", {}, channelMark(entry.channel), automatic());
  const note = entry.kind === "note_added";
  const label = note ? h("span.channel", {}, icon("note"), h("span", {}, say("entry.note"))) : channelMark(entry.channel);
  const called = entry.mentioned?.includes(desk.agent?.id) && h("span.tag", {}, say("entry.calls_you"));
  return h("p.line-head", {}, label, h("b", {}, who(entry, desk)), called);
}

const bubble = (text, desk) => h("div.bubble", { dir: "auto" }, withNumbers(linked(text), desk));

const at = (iso) => h("time", { datetime: iso, title: full(iso) }, clock(iso));

function delivery(entry) {
  const code = entry.delivery_code ? ` (${entry.delivery_code})` : "";
  const reason = `${failure(entry.delivery_reason)}${code}`;
  const text = say(`delivery.${entry.delivery}`, { reason });
  return h(`span.delivery.${entry.delivery}`, {}, icon(DELIVERY_ICONS[entry.delivery]), text);
}

const failure = (code) => (code ? sayOr(`failed.${code}`, code) : say("delivery.noreason"));

/** What did not arrive can be taken back into the composer, to go another way or once more. */
function anew(entry, desk) {
  const lost = entry.delivery === "failed" && entry.actor.startsWith("agent:") && desk.current?.state === "owned";
  if (!lost) return "";
  const again = () => desk.writing.rewrite(desk.selected, entry.text);
  return h("button.plain", { type: "button", onclick: again }, say("delivery.anew"));
}

/** What is held can be taken back by who wrote it. */
function undo(entry, desk) {
  const place = h("span");
  const held = entry.delivery === "held" && entry.actor === `agent:${desk.agent?.id}`;
  if (held) import("./write/undo.js").then(({ undoButton }) => place.append(undoButton(entry, desk)));
  return held ? place : "";
}

/** Who an entry is of, in a word or two. */
export const saidBy = (entry, desk) => (isAutomatic(entry) ? say("entry.automatic") : who(entry, desk));

function who(entry, desk) {
  if (entry.actor === "customer") return desk.customerName || say("actor.customer");
  if (entry.actor === `agent:${desk.agent?.id}`) return say("actor.you");
  const named = entry.actor_name || desk.names(entry.actor);
  if (named || entry.actor === "elsewhere") return named || say("actor.elsewhere");
  return say(entry.actor.startsWith("agent:") ? "actor.colleague" : "actor.system");
}

/** Facts name agents by id. */
const colleague = (id, desk) =>
  id === desk.agent?.id ? say("actor.you") : desk.names(`agent:${id}`) || say("actor.colleague");

/** Offers that came to nothing, as one line that says how many and opens on demand. */
export function passedLine({ ids, open }, unfold) {
  const words = say("entry.passed", { n: ids.length });
  return h("div.event.passed", {}, icon(iconOf("offer_ended")), h("button.plain", { type: "button", "aria-expanded": String(open), onclick: unfold }, words));
}

/** What a part of the customer's profile is called: field.<code> is one of the centre's own. */
function knownAs(part, desk) {
  const own = desk.declared?.fields.find((one) => part === `field.${one.code}`);
  return own ? own[`label_${currentLanguage()}`] || own.code : sayOr(`known.${part}`, part.replace("field.", ""));
}

/** What the centre calls a tag; its code where it has none of that name. */
export const tagName = (code, desk) => desk.declared?.tags.find((one) => one.code === code)?.[`label_${currentLanguage()}`] || code;

const tagNames = (codes, desk) => (codes ?? "").split(" ").filter(Boolean).map((code) => tagName(code, desk)).join(", ");

function eventLine(entry, desk) {
  const facts = entry.facts ?? {};
  const called = facts.reached === undefined ? undefined : facts.reached ? "reached" : "unreached";
  const why = facts.how ?? facts.by ?? facts.reason ?? facts.action ?? called ?? "";
  const values = {
    who: who(entry, desk),
    agent: colleague(facts.agent, desk),
    why: entry.kind === "case_woken" ? sayOr(`woken.${why}`, why) : sayOr(`why.${why}`, why),
    until: facts.until ? stamp(facts.until) : "",
    tags: tagNames(facts.tags, desk) || say("entry.no_tags"),
    channel: channelWord(entry.channel),
    disposition: dispositionName(desk, facts.disposition ?? ""),
    queue: queueName(facts.queue),
    score: facts.score,
    scale: facts.scale ?? desk.scale,
    time: facts.wished_at ? stamp(facts.wished_at) : say("callback.soon"),
    try: facts.try,
    step: stepName(entry, desk),
    state: say(facts.done ? "step.done" : "step.undone"),
    to: facts.to_agent ? colleague(facts.to_agent, desk) : queueName(facts.to_queue),
    kind: entry.kind.replaceAll("_", " "),
    ...callValues(entry, desk, colleague(facts.agent, desk)),
    fields: (facts.fields ?? "").split(" ").map((part) => knownAs(part, desk)).join(", "),
  };
  const sentence = say(`entry.${entry.kind}`, values);
  const words = sentence.startsWith("entry.") ? say("entry.other", values) : sentence;
  const extra = entry.text && h("span.event-text", { dir: "auto" }, isAutomatic(entry) && automatic(), linked(entry.text));
  return h(`div.event.${entry.kind}`, { "data-case": entry.case_id },
    icon(iconOf(entry.kind)), h("span", {}, words), extra, stars(entry, values), callMore(entry), filesOf(entry),
    entry.delivery && delivery(entry), at(entry.at));
}

/** What the guide calls a step; its code where no guide has it any more. */
function stepName({ case_id: id, facts }, desk) {
  if (!facts?.step) return "";
  const kept = desk.talks?.cards.get(desk.current?.customer_id)?.cases.find((one) => one.case_id === id);
  const step = kept?.steps?.find(({ code }) => code === facts.step);
  return step?.[`label_${currentLanguage()}`] || facts.step;
}

function stars(entry, { score, scale }) {
  if (entry.kind !== "survey_answered") return null;
  return scoreDots(score, scale);
}

/** A score as filled and empty dots; the words beside it say the same. */
export const scoreDots = (score, scale) =>
  h("span.score", { "aria-hidden": "true" }, Array.from({ length: scale }, (_, n) => h(n < score ? "i.taken" : "i")));

export function dispositionName(desk, code) {
  const known = desk.dispositions.find((one) => one.code === code);
  return known?.[`label_${currentLanguage()}`] ?? sayOr(`disposition.${code}`, code);
}
