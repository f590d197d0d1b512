/** What is done to a case, or to many: take, snooze, wake, tag, assign, close. */

import { get } from "../../kit/api.js";
import { ask } from "../../kit/dialog.js";
import { h } from "../../kit/dom.js";
import { menu } from "../../kit/menu.js";
import { serverNow } from "../../kit/times.js";
import { toast } from "../../kit/toast.js";
import { currentLanguage, learn, say } from "../../kit/words.js";
import { desk } from "../desk-state.js";
import { actOn } from "./acting.js";
import { listWords } from "./list-words.js";
import { asField, choices, fromField } from "./moments.js";

learn(listWords);

const MINUTE = 60_000;
const zone = () => desk.zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
const labelOf = (one) => one[`label_${currentLanguage()}`] || one.label_en || one.label_ko || one.code || one.name;
export const tagsOf = () => desk.declared?.tags ?? [];

/** `run(act, values, key)` does it: by default on this one case, at once. */
const onOne = (item) => async (act, values = {}, key = crypto.randomUUID()) => {
  const { failed } = await actOn(act, [item], values, key);
  if (failed.length) throw Object.assign(new Error(failed[0].message), { sentence: failed[0].message });
  toast(say(`acts.done.${act}`, { number: item.number }));
  await desk.refresh().catch(() => {});
  desk.talks.loadCard(item.customer_id).catch(() => {});
};

/** The agent has the case from now on, and it is open. */
export async function take(item) {
  const done = await tried(() => onOne(item)("take"));
  if (done && desk.selected !== item.case_id) desk.visit(item.case_id, item.customer_id);
}

export const wake = (item) => tried(() => onOne(item)("wake"));

/** The menu of the case that is open; `button` opens it from now on. */
export function caseMenu(button) {
  return menu(button, () => {
    const item = desk.current;
    const { is, kept } = desk.standing(item);
    const run = onOne(item);
    const mine = is === "mine" || is === "snoozed";
    const until = mine ? snoozes(run) : [];
    const awake = is === "snoozed" ? [{ text: say("acts.wake"), icon: "talk", act: () => wake(item) }] : [];
    return [...awake, ...until, { text: say("acts.tag"), icon: "note", act: () => tag([{ ...item, tags: kept?.tags ?? [] }], run) }];
  });
}

/** Until when: a choice each. */
export function snoozes(run) {
  const offered = choices(serverNow(), zone()).map(([word, at]) => ({
    text: say(`snooze.${word}`, { time: when(at) }), icon: "clock", act: () => tried(() => run("snooze", { until: new Date(at).toISOString() })),
  }));
  return [...offered, { text: say("snooze.choose"), icon: "clock", act: () => chooseMoment(run) }];
}

function when(at) {
  const options = { timeZone: zone(), weekday: "short", hour: "numeric", minute: "2-digit" };
  return new Intl.DateTimeFormat(currentLanguage(), options).format(at);
}

function chooseMoment(run) {
  const least = asField(serverNow() + 5 * MINUTE, zone());
  const first = choices(serverNow(), zone()).find(([word]) => word === "tomorrow")[1];
  const field = h("input", { type: "datetime-local", name: "until", required: true, min: least, value: asField(first, zone()) });
  const fields = h("label.field", {}, h("span", {}, say("snooze.when")), field, h("span.quiet.small", {}, say("snooze.zone", { zone: zone() })));
  ask(say("snooze.title"), say("snooze.submit"), fields, ({ until }, key) => {
    const at = fromField(until, zone());
    if (!(at > serverNow())) throw new Error(say("snooze.past"));
    return run("snooze", { until: new Date(at).toISOString() }, key);
  }, { lead: say("snooze.lead") });
}

/** Of one case the tags it has are ticked; of several what is ticked is added, and the others stay as they are. */
export function tag(items, run) {
  const one = items.length === 1 ? items[0] : null;
  const had = new Set(one?.tags ?? []);
  const known = [...tagsOf(), ...[...had].filter((code) => !tagsOf().some((each) => each.code === code)).map((code) => ({ code }))];
  if (!known.length) return toast(say("tags.none"), { tone: "warn" });
  const boxes = known.map((each) => h("label.choice", {}, h("input", { type: "checkbox", name: each.code, checked: had.has(each.code) }), h("span", {}, labelOf(each))));
  ask(say("tags.title"), say("tags.submit"), h("div.choices", {}, boxes), (values, key) => {
    const ticked = known.map((each) => each.code).filter((code) => code in values);
    const add = ticked.filter((code) => !had.has(code));
    const remove = [...had].filter((code) => !ticked.includes(code));
    if (!one && !add.length) throw new Error(say("tags.choose"));
    return run("tag", { add, remove }, key);
  }, { lead: one ? undefined : say("tags.many") });
}

export function assign(items, run) {
  const place = h("select", { name: "place", required: true, "aria-label": say("assign.to") }, h("option", { value: "" }, say("assign.wait")));
  const fields = [h("label.field", {}, h("span", {}, say("assign.to")), place),
    h("label.field", {}, h("span", {}, say("assign.why")), h("textarea", { name: "note", rows: 2, required: true }))];
  ask(say("assign.title", { n: items.length }), say("assign.submit"), fields, ({ place: to, note }, key) => {
    const [kind, name] = [to.slice(0, 5), to.slice(6)];
    if (!name) throw new Error(say("assign.choose"));
    return run("assign", { note: note.trim(), ...(kind === "agent" ? { to: name } : { queue: name }) }, key);
  });
  fillPlaces(place, items[0]);
}

async function fillPlaces(place, { customer_id, case_id }) {
  const known = await desk.attempt(() => get(`/colleagues?${new URLSearchParams({ customer_id, case_id })}`));
  if (!known) return place.replaceChildren(h("option", { value: "" }, say("assign.failed")));
  const group = (key, options) => options.length ? [h("optgroup", { label: say(key) }, options)] : [];
  const busy = ({ free }) => (free ? "" : ` – ${say("assign.busy")}`);
  place.replaceChildren(h("option", { value: "" }, say("assign.choose")),
    ...group("assign.agents", known.agents.map((one) => h("option", { value: `agent:${one.id}` }, one.name + busy(one)))),
    ...group("assign.queues", known.queues.map((one) => h("option", { value: `queue:${one.name}` }, labelOf(one)))));
}

export function close(items, run) {
  const options = desk.dispositions.map((one) => h("label.choice", {}, h("input", { type: "radio", name: "disposition", value: one.code }), h("span", {}, labelOf(one))));
  ask(say("closes.title", { n: items.length }), say("closes.submit"), h("fieldset", {}, h("legend", {}, say("close.lead")), h("div.choices", {}, options)), ({ disposition }, key) => {
    if (!disposition) throw new Error(say("close.choose"));
    return run("close", { disposition }, key);
  }, { danger: true, lead: say("closes.lead") });
}

async function tried(action) {
  try {
    await action();
    return true;
  } catch (failure) {
    desk.tell(failure.sentence ?? failure.message);
    return false;
  }
}
