/** A table whose rows are reached by the keyboard: arrows move, Enter opens, Space selects; heads sort. */

import { h, reconcile } from "./dom.js";
import { say } from "./words.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

/**
 * `columns`: {key, text, cell(row), number, sort}; `key(row)` names a row; `sort`: {by, down, change(by, down)};
 * `select`: {chosen: Set of keys, change()}; `open(row)`. `sign(row)`: what a row shows, if JSON does not tell it.
 * Answers {node, update(rows)}: rows that show the same stay the same nodes.
 */
export function table({ label, columns, rows = [], key, sort, select, open, sign = JSON.stringify }) {
  const all = select && h("input", { type: "checkbox", "aria-label": say("table.all"), onchange: () => choose(all.checked ? rows : []) });
  const heads = columns.map((one) => head(one, sort));
  const body = h("tbody");
  const node = h("table.rows", { role: "grid", "aria-label": label, "aria-multiselectable": select ? "true" : null, onkeydown, onfocusin },
    h("thead", {}, h("tr", {}, select && h("th.row-check", { scope: "col" }, all), heads)), body);
  let current = null;

  function update(fresh) {
    rows = fresh;
    const known = new Set(rows.map(key));
    for (const one of select?.chosen ?? []) if (!known.has(one)) select.chosen.delete(one);
    if (!known.has(current)) current = rows.length ? key(rows[0]) : null;
    reconcile(body, rows.map((row) => ({ key: key(row), sign: sign(row), make: () => line(row) })));
    mark();
  }

  function line(row) {
    const name = key(row);
    const check = select && h("td.row-check", {}, h("input", { type: "checkbox", tabindex: "-1", "aria-label": say("table.one"), onchange: () => turn(name) }));
    const cells = columns.map(({ cell, number }) => h(number ? "td.is-number" : "td", {}, cell(row)));
    const press = ({ target }) => target.closest("a, button, input, select, label, .row-check") || open?.(row);
    const made = h("tr", { tabindex: "-1", onclick: press }, check, cells);
    made.name = name;
    return made;
  }

  /** Selected, current and sorted as it is now. */
  function mark() {
    for (const one of body.children) {
      one.tabIndex = one.name === current ? 0 : -1;
      if (!select) continue;
      const chosen = select.chosen.has(one.name);
      one.setAttribute("aria-selected", String(chosen));
      one.querySelector(".row-check input").checked = chosen;
    }
    if (all) Object.assign(all, { checked: rows.length > 0 && select.chosen.size === rows.length, indeterminate: select.chosen.size > 0 && select.chosen.size < rows.length });
    heads.forEach((one, n) => columns[n].sort && one.setAttribute("aria-sort", columns[n].key === sort.by ? (sort.down ? "descending" : "ascending") : "none"));
  }

  function choose(wanted) {
    select.chosen.clear();
    for (const row of wanted) select.chosen.add(key(row));
    mark();
    select.change();
  }

  function turn(name) {
    if (!select.chosen.delete(name)) select.chosen.add(name);
    mark();
    select.change();
  }

  function onfocusin({ target }) {
    const row = target.closest("tbody tr");
    if (row) (current = row.name), mark();
  }

  function onkeydown(event) {
    const row = event.target;
    if (!row.matches("tbody tr") || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = rows.findIndex((one) => key(one) === row.name);
    if (event.key in STEPS) body.children[Math.max(0, Math.min(rows.length - 1, at + STEPS[event.key]))]?.focus();
    else if (event.key === "Enter" && open) open(rows[at]);
    else if (event.key === " " && select) turn(row.name);
    else return;
    event.preventDefault();
  }
  update(rows);
  return { node, update };
}

function head({ key, text, number, sort: sortable }, sort) {
  const press = () => (Object.assign(sort, { by: key, down: sort.by === key && !sort.down }), sort.change(sort.by, sort.down));
  const words = sortable ? h("button.plain.row-sort", { type: "button", onclick: press }, text) : text;
  return h(number ? "th.is-number" : "th", { scope: "col" }, words);
}
