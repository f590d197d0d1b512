/** In a note an @ opens the list of colleagues; the one that is chosen is told of the note. */

import { get } from "../kit/api.js";
import { desk } from "./desk-state.js";
import { h } from "../kit/dom.js";
import { floatBeside } from "../kit/floating.js";
import { inputMethodOwns } from "../kit/input-method.js";
import { learn, say } from "../kit/words.js";
import { called, calling, fits, namedIn } from "./told/mention-rules.js";
import { toldWords } from "./told/told-words.js";

learn(toldWords);

const FRESH = 60_000; // milliseconds for which the list of colleagues is not asked for again
const SHOWN = 8;
const ID = "mentions";
const known = { agents: [], at: 0, reading: null };
const attended = new WeakMap();

/** Called whenever the text of a note has an @; the first time it begins to listen to the field. */
export function mentioning(field) {
  if (!attended.has(field)) attended.set(field, attend(field));
  attended.get(field)();
}

function attend(field) {
  const list = h("ul.popup.mentions", { id: ID, role: "listbox", popover: "manual", "aria-label": say("mention.label") });
  const voice = h("p.unseen", { role: "status" });
  let options = [];
  let at = 0;
  field.after(voice);
  field.setAttribute("aria-autocomplete", "list");
  field.addEventListener("keydown", onkeydown, true);
  field.addEventListener("input", () => look());
  field.addEventListener("blur", close);
  field.addEventListener("click", () => look());
  return look;

  async function look() {
    if (!noting(field) || !calling(field.value, field.selectionStart)) return close();
    const colleagues = await everybody();
    desk.writing.drafts.call(desk.selected, namedIn(field.value, colleagues).map(({ id, name }) => ({ id, name })));
    const now = calling(field.value, field.selectionStart);
    if (!now || document.activeElement !== field || colleagues.some(({ name }) => now.word === `${name} `)) return close();
    options = colleagues.filter(({ name }) => fits(name, now.word)).slice(0, SHOWN);
    draw(now);
  }

  function draw({ word }) {
    voice.textContent = say(options.length ? "mention.some" : "mention.none", { n: options.length });
    if (!options.length) return word.includes(" ") ? close() : close(true);
    list.replaceChildren(...options.map(row));
    if (!list.isConnected) document.body.append(list);
    floatBeside(list, field);
    field.setAttribute("aria-controls", ID);
    move(0);
  }

  function row(one, n) {
    const away = one.presence === "offline" && h("span.option-note", {}, say("mention.away"));
    return h("li.option", { id: `${ID}-${n}`, role: "option", "aria-selected": "false", onmousedown: (event) => (event.preventDefault(), pick(n)) },
      h("span.dot", { "data-presence": one.presence, "aria-hidden": "true" }), h("span.option-text", {}, one.name), away);
  }

  function move(to) {
    at = (to + options.length) % options.length;
    [...list.children].forEach((node, n) => node.setAttribute("aria-selected", String(n === at)));
    list.children[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", `${ID}-${at}`);
  }

  function pick(n) {
    const { id, name } = options[n];
    const { text, caret } = called(field.value, calling(field.value, field.selectionStart), name);
    desk.writing.drafts.call(desk.selected, [{ id, name }]);
    field.value = text;
    field.setSelectionRange(caret, caret);
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function close(speaks = false) {
    options = [];
    if (speaks !== true) voice.textContent = "";
    if (list.matches(":popover-open")) list.hidePopover();
    list.remove();
    for (const name of ["aria-activedescendant", "aria-controls"]) field.removeAttribute(name);
  }

  /** While the list is open its keys are its own: Enter takes a name and sends nothing. */
  function onkeydown(event) {
    if (!options.length || inputMethodOwns(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = { ArrowDown: () => move(at + 1), ArrowUp: () => move(at - 1), Enter: () => pick(at), Tab: () => pick(at), Escape: () => close() };
    if (!keys[event.key] || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys[event.key]();
  }
}

const noting = (field) => field.closest(".noting") !== null;

/** One request a minute however much is typed; a failed one leaves what was known. */
async function everybody() {
  if (Date.now() - known.at < FRESH) return known.agents;
  known.reading ??= get("/colleagues").then(({ agents }) => Object.assign(known, { agents, at: Date.now() })).catch(() => {}).finally(() => (known.reading = null));
  await known.reading;
  return known.agents;
}
