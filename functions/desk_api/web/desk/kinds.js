/** What follows from each kind of entry, learned from GET /me: its drawing, and whether the card says something new. */

let known = {};

export const learnKinds = (kinds) => void (known = kinds);

/** "" for a kind that has none: a dot is drawn. */
export const iconOf = (kind) => known[kind]?.icon ?? "";

/**
 * Whether the card may say something new: who they are, where they can be answered, who has a case or how it ended.
 * A message says so too where a case was opened or came back by it.
 */
export const changesCard = ({ kind, facts }) => (known[kind]?.changes_card ?? false) || "reopened" in (facts ?? {});
