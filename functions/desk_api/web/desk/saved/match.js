/** Which saved replies hold the words that somebody types: any word, in any case, Hangul also half typed or by its initials. */

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FIRST = 0xac00;
const [EACH_INITIAL, EACH_VOWEL] = [588, 28];
const isSyllable = (letter) => letter >= "가" && letter <= "힣";

export const folded = (text) => text.normalize("NFC").toLowerCase();

/** The initial consonant of each syllable; what is no Hangul stays as it is. */
export const initials = (text) =>
  [...text].map((letter) => (isSyllable(letter) ? INITIALS[Math.floor((letter.charCodeAt(0) - FIRST) / EACH_INITIAL)] : letter)).join("");

/** Whether a letter of a text can have begun as the letter typed last: 배 on its way to 배송, ㅂ on its way to 배. */
function begins(letter, typed) {
  if (letter === typed) return true;
  if (!isSyllable(letter)) return false;
  if (INITIALS.includes(typed)) return initials(letter) === typed;
  const open = isSyllable(typed) && (typed.charCodeAt(0) - FIRST) % EACH_VOWEL === 0;
  const part = letter.charCodeAt(0) - typed.charCodeAt(0);
  return open && part > 0 && part < EACH_VOWEL;
}

function holds(text, word) {
  if (text.includes(word)) return true;
  if ([...word].every((letter) => INITIALS.includes(letter))) return initials(text).includes(word);
  const [typed, last] = [word.slice(0, -1), word.at(-1)];
  // an empty beginning is found at every place, also behind the end
  for (let at = text.indexOf(typed); at >= 0 && at < text.length; at = text.indexOf(typed, at + 1)) {
    const next = text[at + typed.length];
    if (next && begins(next, last)) return true;
  }
  return false;
}

/** Every word that is typed stands in one of the texts. */
export function matches(texts, typed) {
  const all = texts.map(folded);
  return folded(typed).split(/\s+/).filter(Boolean).every((word) => all.some((text) => holds(text, word)));
}

/** `replies` that fit, the agent's own first, and those whose title holds the words before those whose text does. */
export function found(replies, typed) {
  const rank = (one) => (one.own ? 0 : 2) + (matches([one.title_ko, one.title_en, one.code], typed) ? 0 : 1);
  return replies
    .filter((one) => matches([one.title_ko, one.title_en, one.text_ko, one.text_en, one.code], typed))
    .toSorted((a, b) => rank(a) - rank(b));
}
