/** What the centre calls its queues, skills and reasons, learned from GET /me; one that nobody declares is its name. */

import { h } from "./dom.js";
import { currentLanguage, say } from "./words.js";

let known = { queues: {}, skills: {} };

export function learnLabels(labels) {
  known = labels ?? known;
}

const labelOf = (labels, name) => labels[name]?.[currentLanguage()] || name;

export const queueName = (name) => labelOf(known.queues, name ?? "");

/** The names of all that are declared. */
export const queueNames = () => Object.keys(known.queues);

/** The skills a contact asks for, each with its level of five. */
export const needChips = (needs = []) =>
  needs.map(({ skill, level }) =>
    h("span.tag", { title: say("needs.level", { level: level ?? 1 }) }, `${labelOf(known.skills, skill)} ${level ?? 1}+`));

/** What the centre calls one of its own reasons for not taking work. */
export const reasonOf = (aux, code) => aux.find((one) => one.code === code)?.[`label_${currentLanguage()}`] || code;

/** What follows from each kind of entry, learned from GET /me: its drawing, and whether the card says something new. */
let kinds = {};

export const learnKinds = (told) => void (kinds = told);

/** "" for a kind that has none: a dot is drawn. */
export const iconOf = (kind) => kinds[kind]?.icon ?? "";

/**
 * Whether the card may say something new: who they are, where they can be answered, who has a case or how it ended.
 * A message says so too where a case was opened or came back by it.
 */
export const changesCard = ({ kind, facts }) => (kinds[kind]?.changes_card ?? false) || "reopened" in (facts ?? {});
