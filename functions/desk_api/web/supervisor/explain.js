/** What a figure means and how it is computed: beside its name, while that is pointed at or has the focus. */

import { get } from "../kit/api.js";
import { h } from "../kit/dom.js";
import { explained } from "../kit/tooltip.js";
import { currentLanguage, say } from "../kit/words.js";

const known = new Map();
let asking = "";

/** Asked once in each language; without an answer, again at the next look. */
export async function learnTerms() {
  const language = currentLanguage();
  if (asking === language) return;
  asking = language;
  try {
    const { items } = await get("/terms");
    known.clear();
    for (const term of items) known.set(term.metric, term);
  } catch {
    asking = "";
  }
}

/** The meaning of a published figure; "" while it is not known. */
export function meaning(metric) {
  const term = known.get(metric);
  if (!term) return "";
  const formula = term.formula && say("sup.formula", { formula: term.formula });
  return [formula, term.note].filter(Boolean).join("\n");
}

/** A figure's name that explains itself. */
export const term = (metric, words = say(`metric.${metric}`)) => explain(h("span.term", {}, words), metric);

export const explain = (node, metric) => explained(node, () => meaning(metric));
