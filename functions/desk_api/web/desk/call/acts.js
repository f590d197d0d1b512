/** What an agent does with a call: by a button of its panel, by a key, or by a press on a number. */

import { desk } from "../desk-state.js";
import { post } from "../../kit/api.js";
import { ask } from "../../kit/dialog.js";
import { h } from "../../kit/dom.js";
import { say } from "../../kit/words.js";
import "./call-words.js";
import { legName } from "./legs.js";

const TURNS = { hold: ["hold", "resume"], recording: ["pause_recording", "resume_recording"] };
let doing = false;

/** One act at a time: pressed twice it is one. */
export async function act(item, name, more = {}) {
  if (doing) return desk.tell(say("line.busy"), "warn");
  doing = true;
  await desk.attempt(() => send(item, name, crypto.randomUUID(), more));
  doing = false;
  await desk.refresh().catch(() => {});
}

const send = ({ case_id, customer_id }, name, key, more) => post(`/cases/${case_id}/calls`, { key, customer_id, act: name, ...more });

/** A key was pressed: it means what can be done now, or says that it cannot. */
export function press(key) {
  const { current } = desk;
  const may = current?.call?.may ?? [];
  const name = (TURNS[key] ?? [key]).find((one) => may.includes(one));
  if (!name) return desk.tell(say(current?.call ? "line.cannot" : "line.none"), "warn");
  if (document.querySelector("dialog[open]")) return undefined;
  if (name === "add") return addNumber(current);
  return name === "drop" ? dropOne(current) : act(current, name);
}

/** Who may be let go: everybody but the customer and who has the contact. */
export const droppable = (call) =>
  call.legs.filter(({ role, state }) => !["customer", "agent"].includes(role) && !["ended", "failed"].includes(state));

export function dropOne(item) {
  const legs = droppable(item.call);
  if (!legs.length) return desk.tell(say("line.cannot"), "warn");
  if (legs.length === 1) return act(item, "drop", { leg: legs[0].id });
  const choices = legs.map((leg, n) => h("label.choice", {}, h("input", { type: "radio", name: "leg", value: leg.id, checked: n === 0 }), h("span", {}, legName(leg))));
  return ask(say("drop.title"), say("line.drop"), h("div.choices", { role: "radiogroup", "aria-label": say("drop.title") }, choices), async ({ leg }, key) => {
    if (!leg) throw new Error(say("drop.choose"));
    await send(item, "drop", key, { leg });
    await desk.refresh().catch(() => {});
  });
}

export function addNumber(item) {
  const number = h("input", { name: "number", type: "tel", autocomplete: "off", inputmode: "tel", placeholder: "010-0000-0000" });
  const fields = [h("p.quiet", {}, say("add.lead")), h("label.field", {}, h("span", {}, say("add.number")), number)];
  ask(say("add.title"), say("add.submit"), fields, async (values, key) => {
    if (!values.number.trim()) throw new Error(say("add.empty"));
    await send(item, "add", key, { number: values.number.trim() });
    await desk.refresh().catch(() => {});
  });
}

/**
 * A number was pressed on the card or in the case. A case of ours is called in, else the call opens one of its own.
 * What the centre says against it stands in the dialog.
 */
export function place(number, shown = number) {
  const { current } = desk;
  if (!current) return;
  const item = desk.cases.isMine(current) ? current : { ...current, case_id: "new" };
  const lead = h("p.quiet", {}, say(desk.phone === "" ? "place.nophone" : "place.lead"));
  ask(say("place.title", { number: shown }), say("place.call"), lead, async (_, key) => {
    const placed = await send(item, "place", key, { number });
    desk.tell(say("place.done", { number: shown }), "good");
    await desk.refresh().catch(() => {});
    if (placed?.case_id && placed.case_id !== desk.selected) desk.select(placed.case_id);
  });
}
