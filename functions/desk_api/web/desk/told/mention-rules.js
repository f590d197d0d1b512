/** Who is meant by what stands behind an @: by a part of the name, half a syllable, or its initial consonants. */

const LONGEST = 40;
const INITIALS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
// A final that is typed may be the next syllable's initial; of two consonants the second one moves on.
const FINALS = ["", ..."ㄱㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", ..."ㅅㅆㅇㅈㅊㅋㅌㅍㅎ"];
const [FIRST, LAST, EACH, ALL] = [0xac00, 0xd7a3, 28, 588];

/** The @ before the caret and what is typed behind it: {from, word}; null where nobody is being called. */
export function calling(text, caret) {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf("@");
  const word = before.slice(from + 1);
  const begins = from === 0 || /[\s(\[{"'“‘,.:;!?/]/.test(before[from - 1] ?? "");
  return from >= 0 && begins && word.length <= LONGEST && !/[\n@]/.test(word) && !/\s{2}|^\s/.test(word) ? { from, word } : null;
}

/** The text with the name in the place of what was typed, and where the caret is then. */
export function called(text, { from, word }, name) {
  const written = `@${name} `;
  const rest = text.slice(from + 1 + word.length).replace(/^ /, "");
  return { text: text.slice(0, from) + written + rest, caret: from + written.length };
}

/** Whether a name has what was typed, at the beginning of one of its parts or anywhere. */
export function fits(name, word) {
  const [long, short] = [[...name.toLowerCase().normalize("NFC")], word.trim().toLowerCase().normalize("NFC")];
  return readings(short).some((typed) => long.some((_, at) => beginsAt(long, at, typed)) || !typed.length);
}

function beginsAt(long, at, typed) {
  return at + typed.length <= long.length && typed.every((one, n) => same(long[at + n], one, n === typed.length - 1));
}

/** The last syllable may be half typed: without its final, or with the next one's initial as its own. */
function readings(short) {
  const typed = [...short];
  const last = typed.at(-1)?.charCodeAt(0) ?? 0;
  const final = last >= FIRST && last <= LAST ? FINALS[(last - FIRST) % EACH] : "";
  if (!final) return [typed];
  const stays = String.fromCharCode(last - ((last - FIRST) % EACH) + (final.length > 1 ? FINALS.indexOf(final[0]) : 0));
  return [typed, [...typed.slice(0, -1), stays, final.at(-1)]];
}

function same(letter, typed, isLast) {
  if (letter === typed) return true;
  const [code, own] = [letter.charCodeAt(0), typed.charCodeAt(0)];
  if (code < FIRST || code > LAST) return false;
  if (INITIALS.includes(typed)) return INITIALS[Math.floor((code - FIRST) / ALL)] === typed;
  return isLast && own >= FIRST && own <= LAST && (own - FIRST) % EACH === 0 && code >= own && code < own + EACH;
}

/** Colleagues {id, name} whose names stand in the text; of two with one name neither is meant without a choice. */
export function namedIn(text, colleagues) {
  const alone = (name) => colleagues.filter((one) => one.name === name).length === 1;
  return colleagues.filter(({ name }) => text.includes(`@${name}`) && alone(name));
}
