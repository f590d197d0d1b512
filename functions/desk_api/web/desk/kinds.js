/** What follows from each kind of entry, learned from GET /me: its drawing, and whether the card says something new. */

let known = {};

export const learnKinds = (kinds) => void (known = kinds);

/** "" for a kind that has none: a dot is drawn. */
export const iconOf = (kind) => known[kind]?.icon ?? "";

/** Whether the card may say something new: who they are, where they can be answered, how a case ended. */
export const changesCard = (kind) => known[kind]?.changes_card ?? false;
