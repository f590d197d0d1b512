/**
 * What the agent is writing: of each case one text for each way of reply, one for the note, and by which way the
 * agent chose to reply. Kept in this tab until it is sent.
 */

import { tab } from "./tab.js";

export const NOTE = "note";
const fresh = () => ({ mode: "reply", choice: null, texts: {}, saved: null, rich: null, called: [] });

export class Drafts {
  #cases = new Map();

  resume() {
    this.#cases = new Map(Object.entries(tab.get("drafts") ?? {}));
  }

  forget() {
    this.#cases.clear();
  }

  /**
   * {mode: reply or note, choice: of the way or null, texts: by way, called: the colleagues {id, name} whose names stand
   * in the note}; changed by the methods below alone.
   */
  of(caseId) {
    return this.#cases.get(caseId) ?? fresh();
  }

  turn(caseId, mode) {
    this.#set(caseId, { mode });
  }

  choose(caseId, choice) {
    this.#set(caseId, { choice });
  }

  /** {saved: the saved reply that the text was made from, rich: its form}. */
  equip(caseId, change) {
    this.#set(caseId, change);
  }

  text(caseId, place) {
    return this.of(caseId).texts[place] ?? "";
  }

  /** Colleagues are called in the note of this case. */
  call(caseId, colleagues) {
    const known = this.of(caseId).called ?? [];
    const news = colleagues.filter(({ id }) => !known.some((one) => one.id === id));
    if (news.length) this.#set(caseId, { called: [...known, ...news] });
  }

  /** Of those called, whose name still stands in the text. */
  calledIn(caseId, text) {
    return (this.of(caseId).called ?? []).filter(({ name }) => text.includes(`@${name}`));
  }

  /** The note is written. */
  hangUp(caseId) {
    if (this.of(caseId).called?.length) this.#set(caseId, { called: [] });
  }

  /** What was written last stands last. */
  write(caseId, place, text) {
    const { [place]: _, ...others } = this.of(caseId).texts;
    this.#set(caseId, { texts: text ? { ...others, [place]: text } : others });
  }

  /** Texts whose way is not among the `open` ones (any more) are written at `place` now. */
  gather(caseId, place, open) {
    for (const from of this.#others(caseId, place)) if (!open.includes(from)) this.#move(caseId, from, place);
  }

  /** The reply goes by `place` now: the text goes along, unless one stands there already; then each stays. */
  follow(caseId, place) {
    const [from] = this.#others(caseId, place).slice(-1);
    if (from && !this.text(caseId, place)) this.#move(caseId, from, place);
  }

  #others(caseId, place) {
    return Object.keys(this.of(caseId).texts).filter((one) => one !== NOTE && one !== place);
  }

  /** Behind what may already stand there: nothing that is being written is lost. */
  add(caseId, place, text) {
    const before = this.text(caseId, place);
    this.write(caseId, place, before.trim() ? `${before}\n${text}` : text);
  }

  #move(caseId, from, to) {
    const text = this.text(caseId, from);
    this.write(caseId, from, "");
    this.add(caseId, to, text);
  }

  #set(caseId, change) {
    this.#cases.set(caseId, { ...this.of(caseId), ...change });
    tab.set("drafts", Object.fromEntries(this.#cases));
  }
}
