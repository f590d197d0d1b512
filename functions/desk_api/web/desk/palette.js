/** The search over everything: commands, customers, cases, and whatever else its page finds. */

import { get } from "../kit/api.js";
import { combobox } from "../kit/combobox.js";
import { show } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { currentLanguage, learn, say } from "../kit/words.js";
import { shortDay } from "../kit/times.js";
import { paletteWords } from "./palette-words.js";

learn(paletteWords);

const PAGE = 20;
const MOST_PAGES = 3; // asked for one after another while too little was found
const LEAST = 2;
const TEXTS = "texts";

/**
 * `finds` is of the page: {commands(text), sources: functions (text) → options {key, text, note, group, icon, run} or a
 * promise of them, open(case, customer), visit(customer), line(hit)}. `typed(text)` hears what stands in the field;
 * `left(act)` is called once, with what to do where something was chosen.
 */
export function openPalette(text, finds, { typed, left }) {
  let pages = 1;
  let chosen = null;
  const box = combobox({
    label: say("search.label"), placeholder: say("search.hint"), empty: say("search.none"), value: text, keep: true, find, choose, tell: nobody,
  });
  const dialog = show(say("search.title"), box.node, { spec: "dialog.palette" });
  dialog.addEventListener("close", () => left(chosen?.run));
  box.input.addEventListener("input", () => (pages = 1));
  box.input.focus();
  box.input.select();
  // What opened the search knows of it then.
  queueMicrotask(box.look);

  async function find(said) {
    typed(said.trim());
    const own = finds.commands(said.trim()).map((one) => ({ ...one, icon: icon("go"), group: say("search.commands") }));
    if (!said.trim()) return own;
    const others = finds.sources.map((source) => Promise.resolve(source(said.trim())).catch(() => []));
    const found = await served(said.trim(), pages, own.length > 0, finds);
    return [...own, ...found, ...(await Promise.all(others)).flat()];
  }

  function choose(option) {
    if (option.more) {
      pages += 1;
      return box.look();
    }
    chosen = option;
    dialog.close();
  }
  return dialog;
}

/** That nobody is found is said beside the door to the texts, which is always there. */
const nobody = (options) => (options.length && options.every(({ key }) => key === TEXTS) ? say("search.none") : "");

/** Customers and cases, `pages` of them. Where a command fits already, "too short" is no news. */
async function served(text, pages, silent, finds) {
  if ([...text].length < LEAST) {
    if (silent) return [];
    throw new Error(say("search.short"));
  }
  try {
    const { items, next } = await wholePages(text, pages);
    const more = next ? [{ key: "more", text: say("search.more"), group: say("search.customers"), icon: icon("down"), more: true }] : [];
    return [...items.map((item) => option(item, finds)), ...more];
  } catch (failure) {
    if (silent && failure.code === "find_too_short") return [];
    throw failure;
  }
}

/** A page may be short and go on all the same: it is filled up, a few requests at most. */
async function wholePages(text, pages) {
  const items = new Map();
  let [next, asked] = ["", 0];
  while (next !== null && items.size < pages * PAGE && asked < pages * MOST_PAGES) {
    const page = await get(`/find?${new URLSearchParams({ q: text, cursor: next })}`);
    for (const item of page.items) if (!items.has(keyOf(item))) items.set(keyOf(item), item);
    [next, asked] = [page.next, asked + 1];
  }
  return { items: [...items.values()], next };
}

/** What was written is looked through only when somebody chooses so: that takes longer. A source of every page's. */
export const inTexts = (finds) => (text) => {
  if ([...text].length < LEAST) return [];
  const run = async () => (await import("./texts-view.js")).openTexts({ text, finds });
  return [{ key: TEXTS, text: say("search.in_texts", { text }), group: say("search.texts"), icon: icon("find"), run }];
};

const keyOf = ({ kind, customer_id: customer, case_id: one }) => `${kind} ${customer} ${one}`;

const month = (told) => new Intl.DateTimeFormat(currentLanguage(), { year: "numeric", month: "short", timeZone: "UTC" }).format(new Date(`${told}-01`));

function option(item, finds) {
  const { customer_id: customer, case_id: caseId, name, shown, number, state, last_at: last } = item;
  const who = name || shown || say("search.unnamed");
  if (item.kind === "case") {
    const is = state === "open" ? say("search.open_case") : say("search.closed_case", { day: shortDay(last) });
    const note = h("span", {}, who === say("search.unnamed") ? "" : `${who} · `, is);
    return { key: keyOf(item), text: say("search.case", { number }), note, group: say("search.cases"), icon: icon("talk"), run: () => finds.open(caseId, customer) };
  }
  const note = [name && shown, ...(item.tags ?? []).map((tag) => `#${tag}`), last && say("search.last", { month: month(last) })].filter(Boolean);
  return { key: keyOf(item), text: who, note: note.join(" · "), group: say("search.customers"), icon: icon("person"), run: () => finds.visit(customer) };
}
