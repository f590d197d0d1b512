/** The way out of an abusive conversation: a notice, or the end, then a rest. */

import { post } from "../../kit/api.js";
import { ask } from "../../kit/dialog.js";
import { h } from "../../kit/dom.js";
import { toast } from "../../kit/toast.js";
import { learn, say } from "../../kit/words.js";
import { desk } from "../desk-state.js";
import { measured } from "../measured.js";
import { customerWords } from "./customer-words.js";

learn(customerWords);

export function openAbuse(item) {
  const option = (value, checked) =>
    h("label.choice", {}, h("input", { type: "radio", name: "how", value, checked }), h("span", {}, h("b", {}, say(`abuse.${value}`)), " ", h("span.quiet.small", {}, say(`abuse.${value}.more`))));
  const note = h("label.field", { hidden: true }, h("span", {}, say("abuse.note")), h("textarea", { name: "note", rows: 2 }));
  const ways = h("div.choices", { role: "radiogroup", "aria-label": say("abuse.open") }, option("warn", true), option("end", false));
  ways.addEventListener("change", ({ target }) => (note.hidden = target.value !== "end"));
  ask(say("abuse.title", { number: item.number }), say("abuse.submit"), [h("p.quiet.small", {}, say("abuse.law")), ways, note], (values, key) => act(item, values, key));
}

async function act(item, { how, note }, key) {
  const { problem } = measured(note, desk.noteTraits);
  if (problem && note.trim()) throw new Error(problem);
  const notice = how === "warn";
  const asked = { customer_id: item.customer_id, notice, note: notice ? "" : note.trim(), key };
  const { break_minutes: minutes } = await post(`/cases/${item.case_id}/abuse`, asked);
  if (notice) return toast(say("abuse.warned"));
  ended(item, minutes);
}

function ended(item, minutes) {
  desk.cases.remember(item);
  desk.select(desk.cases.ordered[0]?.case_id ?? null);
  desk.refresh().catch(() => {});
  if (!minutes) return toast(say("abuse.over", { number: item.number }));
  const rest = async () => {
    await desk.setPresence("break");
    if (desk.presence === "break") setTimeout(() => desk.presence === "break" && toast(say("abuse.rested", { n: minutes }), { tone: "warn", seconds: 0 }), minutes * 60_000);
  };
  toast(say("abuse.ended", { number: item.number, n: minutes }), { act: { text: say("abuse.rest"), run: rest }, seconds: 0 });
}
