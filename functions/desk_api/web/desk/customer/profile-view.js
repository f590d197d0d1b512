/** What is known of a customer beyond their addresses: the pinned note, tags, fields, value, satisfaction. */

import { desk } from "../desk-state.js";
import { h } from "../../kit/dom.js";
import { icon } from "../../kit/icons.js";
import { stamp } from "../../kit/times.js";
import { currentLanguage, learn, say } from "../../kit/words.js";
import { customerWords } from "./customer-words.js";
import { amount } from "./money.js";
import { trend } from "./trend.js";

learn(customerWords);

export const labelOf = (one) => one[`label_${currentLanguage()}`] || one.label_ko || one.label_en || one.code;

/** The note stands above everything; nothing where there is none. */
export function pinned({ profile }) {
  const note = profile?.pinned;
  if (!note) return null;
  const by = say("profile.note.by", { who: note.by_name || say("profile.somebody"), time: stamp(note.at) });
  return h("section.pinned", { "aria-label": say("profile.note") }, h("p", { dir: "auto" }, note.text), h("p.quiet.small", {}, by));
}

export function chips({ profile }) {
  const known = new Map(desk.declared.tags.map((one) => [one.code, labelOf(one)]));
  return (profile?.tags ?? []).map((code) => h("span.tag.chip", {}, known.get(code) ?? code));
}

/** Company, value and the centre's own fields, those that say something. */
export function details({ profile }) {
  if (!profile) return null;
  const { fields, currency } = desk.declared;
  const rows = [
    [say("profile.company"), profile.company, profile.others.company],
    [say("profile.name"), profile.others.name ? profile.name : "", profile.others.name],
    [say("profile.worth"), profile.value === null ? "" : amount(profile.value, currency)],
    ...fields.map((one) => [labelOf(one), profile.fields[one.code]]),
  ].filter(([, value, others]) => value || others);
  if (!rows.length) return null;
  return h("dl.facts", {}, rows.map(([name, value, others]) => h("div", {}, h("dt", {}, name), h("dd", { dir: "auto" }, value, others && h("span.quiet.small", {}, ` ${say("profile.also", { names: others.join(", ") })}`)))));
}

export const satisfaction = (card) => trend([...card.cases], desk.scale);

/** What can be done with this customer. `edit` opens the form in the place of the head. */
export function doors(edit) {
  const button = (name, key, onclick) => h("button.plain", { type: "button", onclick }, icon(name), say(key));
  const mine = desk.current && desk.standing(desk.current).is === "mine";
  const abuse = async () => (await import("./abuse.js")).openAbuse(desk.current);
  return h("div.card-doors", {}, button("note", "profile.edit", edit), mine && button("warn", "abuse.open", abuse));
}
