/** A field that finds: what is typed is asked for, and one of the answers is chosen by arrows and Enter, or pressed. */

import { h } from "./dom.js";
import { inputMethodOwns } from "./input-method.js";
import { say } from "./words.js";

const PAUSE = 120; // milliseconds without a key before it is asked
let made = 0;

/**
 * `find(text)` answers options {key, text, note, group, icon} (a node may stand for icon); `choose(option)` is told.
 * `empty` is said when nothing is found. A half-typed syllable is asked for as well; keys of the input method are its
 * own. `tell(options)`: what is said beside them, "" for nothing. `keep`: the field keeps its text after a choice. Answers {node, input, look(), clear()}; `look` asks again.
 */
export function combobox({ label, placeholder = label, find, choose, empty = say("find.none"), keep = false, value = "", wait = PAUSE, tell = () => "" }) {
  const id = `options-${(made += 1)}`;
  const list = h("ul.options", { id, role: "listbox", "aria-label": label, hidden: true });
  const status = h("p.options-status", { role: "status" });
  const input = h("input.combobox-input", {
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", value, placeholder, "aria-label": label, "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": id, oninput: () => soon(), onkeydown,
  });
  const node = h("div.combobox", {}, input, list, status);
  let options = [];
  let at = -1;
  let turn = 0;
  let answered = ""; // the text that the options answer
  let timer = 0;

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  }

  /** An answer that was overtaken by a later question is dropped. */
  async function look() {
    clearTimeout(timer);
    const [mine, text] = [(turn += 1), input.value];
    input.setAttribute("aria-busy", "true");
    // Another question begins at its first answer; the same one, asked again, keeps what was reached.
    const same = text === answered;
    let [found, problem] = [[], ""];
    try {
      found = (await find(text)) ?? [];
    } catch (failure) {
      problem = failure.sentence ?? failure.message;
    }
    if (mine !== turn) return;
    answered = text;
    if (!same) at = -1;
    show(found, problem);
    input.removeAttribute("aria-busy");
  }

  function show(found, problem = "") {
    const chosen = options[at]?.key;
    options = found;
    const groups = [...new Set(options.map(({ group = "" }) => group))];
    options = groups.flatMap((group) => options.filter((one) => (one.group ?? "") === group));
    list.replaceChildren(...groups.map((group) => part(group)).flat());
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(options.length > 0));
    const beside = tell(options);
    status.textContent = problem || beside || (options.length ? say("find.some", { n: options.length }) : input.value.trim() ? empty : "");
    status.classList.toggle("unseen", options.length > 0 && !beside);
    move(Math.max(0, options.findIndex(({ key }) => key === chosen)));
  }

  function part(group) {
    const inside = options.map((one, n) => [one, n]).filter(([one]) => (one.group ?? "") === group).map(([one, n]) => row(one, n));
    if (!group) return inside;
    return h("li", { role: "presentation" }, h("ul", { role: "group", "aria-label": group }, h("li.options-group", { role: "presentation" }, group), inside));
  }

  function row(option, n) {
    const press = (event) => (event.preventDefault(), pick(n));
    return h("li.option", { id: `${id}-${n}`, role: "option", "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: press },
      option.icon, h("span.option-text", {}, option.text), option.note && h("span.option-note", {}, option.note));
  }

  function move(to) {
    at = options.length ? (to + options.length) % options.length : -1;
    for (const one of list.querySelectorAll("[aria-selected=true]")) one.setAttribute("aria-selected", "false");
    const active = at < 0 ? null : list.querySelector(`#${id}-${at}`);
    active?.setAttribute("aria-selected", "true");
    active?.scrollIntoView({ block: "nearest" });
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function pick(n) {
    const option = options[n];
    if (!option) return;
    if (!keep) clear();
    choose(option);
  }

  function clear() {
    clearTimeout(timer);
    turn += 1;
    input.removeAttribute("aria-busy");
    input.value = answered = "";
    show([]);
  }

  /** Whoever types and presses Enter at once means what was typed, not what was found before. */
  async function enter() {
    if (input.value !== answered) await look();
    if (input.value === answered) pick(at);
  }

  /** The first Escape takes the answers away; the next one is the page's own (a dialog closes). */
  function onkeydown(event) {
    if (inputMethodOwns(event)) return event.key === "Escape" ? event.preventDefault() : null;
    const steps = { ArrowDown: () => move(at + 1), ArrowUp: () => move(at - 1), Enter: enter };
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && options.length) clear();
    else if (steps[event.key]) steps[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return { node, input, look, clear };
}
