/** A thing of the settings that gets another name takes along whatever names it, so that nothing is left behind. */

const swapped = (list, before, after) => list?.map((name) => (name === before ? after : name));

function swap(things, key, before, after) {
  for (const one of things ?? []) {
    if (Array.isArray(one[key])) one[key] = swapped(one[key], before, after);
    else if (one[key] === before) one[key] = after;
  }
}

const all = (things, key) => (things ?? []).flatMap((one) => one[key] ?? []);
const doing = (draft, what) => all(draft.saved_replies, "actions").filter((one) => one.what === what);

const REFERENCES = {
  queues(draft, before, after) {
    const { centre } = draft;
    for (const things of [centre.profiles, draft.saved_replies]) swap(things, "queues", before, after);
    for (const things of [centre.rules, centre.guides, centre.queues.map((one) => one.overflow).filter(Boolean)]) swap(things, "queue", before, after);
    swap(centre.queues, "alternatives", before, after);
    swap(doing(draft, "transfer"), "value", before, after);
  },
  skills(draft, before, after) {
    const { centre } = draft;
    const needs = [...all(centre.queues, "needs"), ...all(centre.rules, "needs"), ...all(draft.agents, "skills")];
    swap(needs, "skill", before, after);
    swap(all(centre.queues, "rings"), "drop", before, after);
  },
  profiles(draft, before, after) {
    swap(draft.agents, "profile", before, after);
    swap(all(draft.centre.queues, "rings"), "admit", before, after);
  },
  tags: (draft, before, after) => swap(doing(draft, "tag"), "value", before, after),
  dispositions: (draft, before, after) => swap(doing(draft, "close"), "value", before, after),
};

/**
 * `thing` of the section `part` was called `before` and is called `after` now. `kept` are the names of that section in
 * the version that holds: customers may wait in a queue of such a name, so it succeeds itself.
 */
export function renamed(draft, part, thing, before, after, kept = []) {
  const others = (draft.centre[part] ?? []).filter((one) => one !== thing).map((one) => one.name ?? one.code);
  // A name that two things have names neither: what is meant is not known until one of them has another.
  if (!before || !after || before === after || others.includes(before)) return false;
  REFERENCES[part]?.(draft, before, after);
  if (part !== "queues") return true;
  const succeeds = new Set((thing.succeeds ?? []).filter((name) => name !== after));
  if (kept.includes(before)) succeeds.add(before);
  thing.succeeds = [...succeeds];
  return true;
}
