/** Parts of a form that repeat or may be missing: rings, announcements, conditions, hours, overflow. */

import { h } from "../kit/dom.js";
import { say } from "../kit/words.js";
import { group, labelOf, lines, number, pick, text } from "./fields.js";

/** A list of small forms. `form(one, path)` gives the fields of one; `fresh` makes another one. */
export function rows(name, path, object, key, fresh, form) {
  const list = h("ol.rows");
  const show = () => {
    list.replaceChildren(...(object[key] ?? []).map((one, place) => {
      const remove = h("button.plain", { type: "button", onclick: () => (object[key].splice(place, 1), show(), add.focus()) }, say("admin.remove"));
      return h("li.row", { "data-path": `${path}.${place}` }, h("div.fields", {}, form(one, `${path}.${place}`)), remove, h("p.problem"));
    }));
  };
  const add = h("button", { type: "button", onclick: () => ((object[key] ??= []).push(fresh()), show(), focusLast(list)) }, say("admin.add"));
  show();
  return group(name, path, list, add);
}

const focusLast = (list) => list.lastElementChild?.querySelector("input, select, textarea")?.focus();

/** Something that may be missing: a box to tick, and below it the form while it is there. */
export function perhaps(name, path, object, key, fresh, form) {
  const place = h("div.fields");
  const show = () => place.replaceChildren(...(object[key] ? [form(object[key], path)].flat() : []));
  const toggle = ({ target }) => ((object[key] = target.checked ? fresh() : null), show());
  show();
  return group(name, path, h("label.tick", {}, h("input", { type: "checkbox", checked: Boolean(object[key]), onchange: toggle }), h("span", {}, labelOf(`${name}_own`))), place);
}

export const hoursForm = (hours, path) => [
  lines("weekly", `${path}.weekly`, hours),
  lines("exceptions", `${path}.exceptions`, hours),
  text("zone", `${path}.zone`, hours),
  text("holidays", `${path}.holidays`, hours),
];

export const freshHours = () => ({ weekly: ["mon-fri 09:00-18:00"], exceptions: [], zone: "", holidays: "" });

export const overflowForm = (queues) => (overflow, path) => [
  pick("overflow_to", `${path}.queue`, overflow, "queue", queues),
  number("after_seconds", `${path}.after_seconds`, overflow, "after_seconds", [1, 86400]),
];
