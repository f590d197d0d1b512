/** Who asked to be called: the number to call, large, and what became of the call. And the promise to call later. */

import { desk } from "./desk-state.js";
import { post } from "../kit/api.js";
import { ask } from "../kit/dialog.js";
import { place } from "./call/acts.js";
import { callsOn } from "../kit/channels.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { say } from "../kit/words.js";

const QUARTER = 900;

/** The bar above the timeline; empty where nobody is to be called. */
export function callBar(item) {
  const { callback } = item;
  if (!callback) return [];
  const key = crypto.randomUUID();
  const done = (answered) => desk.attempt(() => tried(item, answered, `${key}-${answered}`));
  const button = (spec, word, answered) =>
    h(spec, { type: "button", onclick: ({ currentTarget }) => ((currentTarget.disabled = true), done(answered)) }, say(word));
  // Our own line dials and hears itself whether they answer; who called by another telephone says it.
  const dials = callsOn() && !item.call && h("button.primary", { type: "button", onclick: () => place(callback.phone, callback.display) }, icon("phone"), say("place.call"));
  return [
    icon("clock"),
    h("span", {}, say("call.lead", { n: callback.tries + 1 })),
    h("a.call-number", { href: `tel:${callback.phone}` }, callback.display),
    h("div.call-doors", {}, dials, button(dials ? "button" : "button.primary", "call.reached", true), button("button", "call.noanswer", false)),
  ];
}

async function tried(item, answered, key) {
  const { case_id, customer_id } = item;
  await post(`/cases/${case_id}/calls`, { customer_id, answered, key });
  if (!answered) desk.tell(say("call.later"), "good");
  await desk.refresh().catch(() => {});
}

/** The customer is called at a time, by whoever is free then. */
export function promiseCall(item, card) {
  const known = card?.addresses.find(({ kind, reachable }) => kind === "phone" && reachable)?.display ?? "";
  const phone = h("input", { name: "phone", type: "tel", autocomplete: "off", required: true, value: known, placeholder: "010-0000-0000" });
  const at = h("input", { name: "at", type: "datetime-local", step: QUARTER, required: true, value: local(nextHour()) });
  const fields = [
    h("p.quiet", {}, say("call.promise.lead")),
    h("label.field", {}, h("span", {}, say("code.phone")), phone),
    h("label.field", {}, h("span", {}, say("call.when")), at),
  ];
  ask(say("call.promise"), say("call.promise.submit"), fields, async (values, key) => {
    const { case_id, customer_id } = item;
    await post(`/cases/${case_id}/callback`, { customer_id, phone: values.phone.trim(), at: new Date(values.at).toISOString(), key });
    desk.tell(say("call.promised"), "good");
    await desk.refresh().catch(() => {});
  });
}

const nextHour = () => new Date(Math.ceil((Date.now() + 1) / 3_600_000) * 3_600_000);

/** As the browser's own field writes a moment: by the clock of this machine. */
const local = (moment) => new Date(moment - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
