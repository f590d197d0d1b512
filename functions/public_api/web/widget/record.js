/**
 * What a browser knows of a chat, and how two tabs that know different things agree. `merge` gives the same whoever asks,
 * in whatever order and however often; so each tab merges what it finds stored, and nobody has to be the first.
 *
 * A record: {visitor (the token), signed (how often it was made anew), epoch (raised by the end of a chat), after, floor (nothing up to it is shown),
 * seen (the last message of ours that was looked at), items}. An item: {id of the visitor's own | seq of ours, place, …}.
 */

const MOST = 200;
const STATES = ["sending", "failed", "accepted"];
const FIELDS = ["id", "seq", "place", "mine", "text", "at", "kind", "scale", "frame", "state", "turn", "score", "reason", "choices", "shown", "files"];

/** A token is v1.<visitor>.<proof>: the proof may be made anew, the visitor stays. */
export const visitorOf = ({ visitor }) => visitor.split(".").slice(0, 2).join(".");

export const keyOf = ({ id, seq }) => id ?? seq;

/** The record in a stored text; what is not one, or only half, gives what can be used of it. */
export function read(text) {
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    told = null;
  }
  const { visitor, signed, epoch, after, floor, seen, items } = told ?? {};
  const usable = (Array.isArray(items) ? items : []).filter(isItem).map((item, n) => ({ ...item, place: item.place ?? n }));
  const numbers = { signed: number(signed), epoch: number(epoch), after: number(after), floor: number(floor), seen: number(seen) };
  return shaped({ visitor: typeof visitor === "string" ? visitor : "", ...numbers, items: usable });
}

export function merge(one, other) {
  if (one.epoch !== other.epoch) return one.epoch > other.epoch ? one : other;
  const [first, second] = [one, other].sort((a, b) => compare(visitorOf(a) || "~", visitorOf(b) || "~"));
  const same = !visitorOf(second) || visitorOf(first) === visitorOf(second);
  // Two tabs began at once and are two visitors: the older one stays, and takes the other's own words along.
  if (!same) return shaped({ ...first, items: [...first.items, ...second.items.filter((item) => item.mine)] });
  const most = (name) => Math.max(one[name], other[name]);
  const { visitor, signed } = [one, other].sort((a, b) => a.signed - b.signed || compare(a.visitor, b.visitor)).at(-1);
  return shaped({ visitor, signed, epoch: one.epoch, after: most("after"), floor: most("floor"), seen: most("seen"), items: [...one.items, ...other.items] });
}

/** With one more item, in its place: ours stand in the order of their numbers, whenever they come. */
export function added(record, item) {
  const { items } = record;
  const behind = item.seq ? items.findIndex(({ seq }) => seq > item.seq) : -1;
  const placeOf = (n) => items.at(n)?.place ?? 0;
  const before = behind > 0 ? placeOf(behind - 1) : placeOf(0) - 1;
  const place = behind < 0 ? Math.floor(placeOf(-1)) + 1 : (before + placeOf(behind)) / 2;
  return shaped({ ...record, items: [...items, { ...item, place }] });
}

/** With an item in a new state. A state only rises; to try again begins a new turn. */
export function marked(record, key, changes) {
  const item = record.items.find((one) => keyOf(one) === key);
  return item ? shaped({ ...record, items: [...record.items, { ...item, ...changes }] }) : record;
}

/** The chat is over, or belongs to another visitor: whoever knows an earlier one forgets it. */
export const begunAnew = (record, changes) => shaped({ ...record, epoch: record.epoch + 1, items: [], ...changes });

export const unread = ({ items, seen }) => items.filter(({ seq }) => seq > seen).length;

function shaped({ visitor, signed, epoch, after, floor, seen, items }) {
  const known = new Map();
  for (const item of items) known.set(keyOf(item), known.has(keyOf(item)) ? joined(known.get(keyOf(item)), item) : item);
  const ordered = [...known.values()].filter((item) => !(item.seq <= floor)).sort((a, b) => a.place - b.place || compare(`${keyOf(a)}`, `${keyOf(b)}`));
  const over = ordered.splice(0, Math.max(0, ordered.length - MOST));
  const lowest = Math.max(floor, ...over.map(({ seq }) => seq ?? 0));
  return { visitor, signed, epoch, after, floor: lowest, seen, items: ordered.map(tidy) };
}

/** Of two states of one item the higher, in the earlier of its two places. */
function joined(one, other) {
  const words = (item) => JSON.stringify({ ...tidy(item), place: 0 });
  const higher = compare(rank(one), rank(other)) || compare(words(one), words(other));
  return { ...(higher < 0 ? other : one), place: Math.min(one.place, other.place) };
}

const rank = ({ state, turn = 0 }) => (state === "accepted" ? Infinity : turn * STATES.length + STATES.indexOf(state));

/** The fields in one order, so that two equal records are the same text. */
const tidy = (item) => Object.fromEntries(FIELDS.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));

function isItem(item) {
  const fit = typeof item?.text === "string" && Number.isFinite(item.place ?? 0) && !Number.isNaN(Date.parse(item.at));
  return fit && (item.mine ? typeof item.id === "string" && typeof item.frame?.id === "string" : Number.isFinite(item.seq));
}

const number = (value) => (Number.isFinite(value) ? value : 0);

const compare = (one, other) => (one < other ? -1 : Number(one > other));
