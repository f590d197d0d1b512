/**
 * Single fields of a form, each bound to a key of a plain object. Every one carries the path of its place in the
 * document (data-path), so that a problem can be shown beside it, and an empty line for that.
 */

import { h } from "../kit/dom.js";
import { knows, say } from "../kit/words.js";

const PLACES = { position: "{position}", wait: "{wait}" }; // they are spelled out where a hint names them
const idOf = (path) => `at-${path.replaceAll(".", "-")}`;
const hint = (name) => (knows(`hint.${name}`) ? h("span.hint", {}, say(`hint.${name}`, PLACES)) : null);
const mistake = (path) => h("p.problem", { id: `${idOf(path)}-problem` });

export const labelOf = (name) => say(`field.${name}`);

function labelled(name, path, control) {
  control.setAttribute("aria-describedby", `${idOf(path)}-problem`);
  return h("label.field", { "data-path": path }, h("span", {}, labelOf(name)), control, hint(name), mistake(path));
}

/** A frame with a legend around several controls. */
export function group(name, path, ...children) {
  return h("fieldset.group", { "data-path": path, id: idOf(path), "aria-describedby": `${idOf(path)}-problem` },
    h("legend", {}, labelOf(name)), hint(name), children, mistake(path));
}

export function text(name, path, object, key = name, more = {}) {
  let before = object[key] ?? "";
  const oninput = ({ target }) => ((object[key] = target.value.trim()), more.told?.(target.value.trim()));
  // What names this thing follows once its new name stands, not with every letter.
  const onchange = () => (more.renamed?.(before, object[key]) ?? true) && (before = object[key]);
  return labelled(name, path, h("input", { type: "text", value: object[key] ?? "", spellcheck: "false", autocomplete: "off", oninput, onchange }));
}

/** Text of several lines. */
export function area(name, path, object, key = name) {
  const oninput = ({ target }) => (object[key] = target.value);
  return labelled(name, path, h("textarea", { rows: 3, value: object[key] ?? "", oninput }));
}

export function number(name, path, object, key = name, [least, most] = [0, 86400]) {
  const oninput = ({ target }) => (object[key] = Number.isInteger(target.valueAsNumber) ? target.valueAsNumber : 0);
  return labelled(name, path, h("input", { type: "number", inputmode: "numeric", min: least, max: most, step: 1, value: object[key] ?? 0, oninput }));
}

export function tick(name, path, object, key = name) {
  const box = h("input", { type: "checkbox", checked: Boolean(object[key]), onchange: ({ target }) => (object[key] = target.checked) });
  return h("label.tick", { "data-path": path }, box, h("span", {}, labelOf(name), hint(name)), mistake(path));
}

/** One of several; a value that is none of them any more stays to be seen. */
export function pick(name, path, object, key, options, told = () => {}) {
  const all = options.some((one) => one.value === object[key]) ? options : [...options, { value: object[key] ?? "", label: object[key] ?? "" }];
  const control = h("select", { onchange: ({ target }) => ((object[key] = target.value), told(target.value)) }, all.map((one) => option(one, object[key] ?? "")));
  return labelled(name, path, control);
}

const option = ({ value, label }, chosen) => h("option", { value, selected: value === chosen }, label || value || "–");

/** Any of several, in the order in which they stand. */
export function names(name, path, object, key, options) {
  const all = withUnknown(options, object[key] ?? []);
  const change = (value, checked) => {
    const chosen = new Set(object[key] ?? []);
    if (checked) chosen.add(value);
    else chosen.delete(value);
    object[key] = all.map((one) => one.value).filter((one) => chosen.has(one));
  };
  const box = ({ value, label }) => h("label.tick", {},
    h("input", { type: "checkbox", checked: (object[key] ?? []).includes(value), onchange: ({ target }) => change(value, target.checked) }), h("span", {}, label || value));
  return group(name, path, all.length ? h("div.ticks", {}, all.map(box)) : h("p.empty", {}, say("admin.nothing")));
}

/** Several in an order of their own: first, second, third … */
export function ordered(name, path, object, key, options) {
  const chosen = options.map((_, place) => ({ value: object[key][place] ?? "" }));
  const change = () => (object[key] = [...new Set(chosen.map((one) => one.value).filter(Boolean))]);
  const control = (one, place) => h("select", { "aria-label": `${labelOf(name)} ${place + 1}`, onchange: ({ target }) => ((one.value = target.value), change()) },
    [{ value: "", label: "–" }, ...options].map((each) => option(each, one.value)));
  return group(name, path, h("div.orders", {}, chosen.map(control)));
}

/** A list of texts, one to a line. */
export function lines(name, path, object, key = name, rows = 3) {
  const oninput = ({ target }) => (object[key] = target.value.split("\n").map((line) => line.trim()).filter(Boolean));
  return labelled(name, path, h("textarea", { rows, value: (object[key] ?? []).join("\n"), spellcheck: "false", oninput }));
}

/** A number for each of several things, kept as a list of {[what]: value, [much]: number}; 0 leaves it out. */
export function amounts(name, path, object, key, options, [what, much, most]) {
  const told = new Map((object[key] ?? []).map((one) => [one[what], one[much]]));
  const all = withUnknown(options, told.keys());
  const change = (value, amount) => {
    told.set(value, amount);
    object[key] = all.filter((one) => told.get(one.value)).map((one) => ({ [what]: one.value, [much]: told.get(one.value) }));
  };
  const choices = [...Array(most + 1).keys()].map((n) => ({ value: String(n), label: n ? String(n) : "–" }));
  const control = ({ value, label }) => h("label.amount", {}, h("span", {}, label || value),
    h("select", { onchange: ({ target }) => change(value, Number(target.value)) }, choices.map((one) => option(one, String(told.get(value) ?? 0)))));
  return group(name, path, all.length ? h("div.amounts", {}, all.map(control)) : h("p.empty", {}, say("admin.nothing")));
}

function withUnknown(options, chosen) {
  const known = new Set(options.map((one) => one.value));
  return [...options, ...[...chosen].filter((value) => !known.has(value)).map((value) => ({ value, label: value }))];
}
