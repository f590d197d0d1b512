/** A saved reply goes into the composer: in the customer's language, with everything filled in that is known. */

import { currentLanguage } from "../../kit/words.js";
import { savedReplies } from "./replies.js";
import { filled, places, textIn, titleIn } from "./variables.js";

/** What is known of a case: each of these places fills itself. A number is nobody's name: it would be said to them. */
export function known(item, card, centre, agent) {
  const fields = Object.entries(card?.profile?.fields ?? {}).map(([code, value]) => [`field.${code}`, String(value)]);
  return { ...Object.fromEntries(fields), customer: card?.profile?.name ?? "", agent: agent?.name ?? "", case: item.number, centre };
}

/** Behind what is written already; the first place that is still open is marked, so that typing fills it. */
export async function use(reply, writer) {
  const { centre } = await savedReplies();
  const { source: desk } = writer;
  const item = desk.current;
  const card = desk.talks.cards.get(item.customer_id);
  const text = textIn(reply, card?.language || currentLanguage());
  const values = known(item, card, centre, desk.agent);
  const before = writer.whole.trim();
  desk.writing.drafts.equip(writer.caseId, { saved: { code: reply.code, places: places(text), title: titleIn(reply, currentLanguage()), actions: (desk.acts !== false && reply.actions) || [] } });
  writer.put(before ? `${before}\n${filled(text, values)}` : filled(text, values));
  writer.render();
  writer.focus();
  mark(writer.area, places(text));
}

/** The next place behind the caret that is open, or the first of all. False where none is. */
export function mark(area, names, from = 0) {
  const open = names.map((name) => `{${name}}`).filter((place) => area.value.includes(place));
  const found = [from, 0].flatMap((start) => open.map((place) => [area.value.indexOf(place, start), place]).filter(([at]) => at >= 0).sort(([a], [b]) => a - b).slice(0, 1));
  if (!found.length) return false;
  const [at, place] = found[0];
  area.setSelectionRange(at, at + place.length);
  return true;
}
