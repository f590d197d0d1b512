/** What two people say of one customer: parts are name, company, language, tags, value, pinned and field.<code>. */

const FIELD = "field.";
const PLAIN = ["name", "company", "language", "tags", "value", "pinned"];

/** A profile as the API gives it, part by part, in the form in which it is sent. */
function parts(profile) {
  const { name, company, language, tags, value, pinned, fields } = profile;
  const plain = { name, company, language, tags: [...tags].sort(), value: value === null ? "" : String(value), pinned: pinned?.text ?? "" };
  return { ...plain, ...Object.fromEntries(Object.entries(fields).map(([code, text]) => [FIELD + code, text])) };
}

function flat(told) {
  const { fields = {}, ...plain } = told;
  return { ...plain, ...Object.fromEntries(Object.entries(fields).map(([code, text]) => [FIELD + code, text])) };
}

const same = (one, other) => JSON.stringify(one ?? "") === JSON.stringify(other ?? "");
const inOrder = (value) => (Array.isArray(value) ? [...value].sort() : value);

/** What of `told` differs from the profile, as it is sent. */
export function changed(profile, told) {
  const known = parts(profile);
  const left = Object.entries(flat(told)).filter(([part, value]) => !same(known[part], inOrder(value)));
  return nested(Object.fromEntries(left));
}

/** The parts that both changed, and not to the same. */
export function conflicts(base, theirs, mine) {
  const [before, now] = [parts(base), parts(theirs)];
  return Object.entries(flat(mine)).filter(([part, value]) => !same(before[part], now[part]) && !same(now[part], inOrder(value))).map(([part]) => part);
}

/** What of an edit is still another than what holds now. */
export const rebased = (theirs, edit) => changed(theirs, edit);

/** The edit without these parts. */
export function without(edit, left) {
  return nested(Object.fromEntries(Object.entries(flat(edit)).filter(([part]) => !left.includes(part))));
}

export const valueOf = (profileOrEdit, part, isProfile) => (isProfile ? parts(profileOrEdit) : flat(profileOrEdit))[part] ?? "";

function nested(flatEdit) {
  const edit = Object.fromEntries(Object.entries(flatEdit).filter(([part]) => PLAIN.includes(part)));
  const fields = Object.entries(flatEdit).filter(([part]) => part.startsWith(FIELD)).map(([part, text]) => [part.slice(FIELD.length), text]);
  return fields.length ? { ...edit, fields: Object.fromEntries(fields) } : edit;
}
