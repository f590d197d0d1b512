/** Two people changed the same: both values are shown, and the agent chooses for each. */

import { ask } from "../../kit/dialog.js";
import { h } from "../../kit/dom.js";
import { stamp } from "../../kit/times.js";
import { say } from "../../kit/words.js";
import { desk } from "../desk-state.js";
import { valueOf, without } from "./edits.js";
import { amount } from "./money.js";
import { labelOf } from "./profile-view.js";

/** `save(edit)` gets the agent's own edit without the parts in which the other's value stays. */
export function askWhich(disputed, theirs, mine, save) {
  const { declared } = desk;
  const lead = say("profile.conflict.lead", { who: theirs.by_name || say("profile.somebody"), time: theirs.at ? stamp(theirs.at) : "" });
  const groups = disputed.map((part, place) => h("fieldset", {}, h("legend", {}, nameOf(part, declared)), h("div.choices", {},
    radio(part, "mine", say("profile.conflict.mine", { value: shown(part, valueOf(mine, part, false), declared) }), place === 0),
    radio(part, "theirs", say("profile.conflict.theirs", { value: shown(part, valueOf(theirs, part, true), declared) })))));
  ask(say("profile.conflict"), say("profile.conflict.keep"), groups, (values) => save(without(mine, disputed.filter((part) => values[part] === "theirs"))), { lead });
}

const radio = (part, value, text) =>
  h("label.choice", {}, h("input", { type: "radio", name: part, value, checked: value === "mine" }), h("span", { dir: "auto" }, text));

function nameOf(part, { fields }) {
  const own = fields.find((one) => `field.${one.code}` === part);
  return own ? labelOf(own) : part === "value" ? say("profile.worth") : part === "pinned" ? say("profile.note") : say(`profile.${part}`);
}

function shown(part, value, { tags, currency }) {
  if (part === "value" && value !== "") return amount(Number(value), currency);
  if (part === "language" && value) return say(`language.${value}`);
  if (Array.isArray(value)) value = value.map((code) => labelOf(tags.find((one) => one.code === code) ?? { code })).join(", ");
  return value || say("profile.none");
}
