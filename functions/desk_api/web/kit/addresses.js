/** Where in a text web addresses are: one rule for the desk and for the widget. It needs no document. */

// Letters of every script belong to an address, as browsers show them; signs outside ASCII end it. The two wide at signs
// are taken along, so that an address that hides its real host behind one is seen whole, and refused.
const ADDRESS = /(?<![a-z0-9])https?:\/\/(?:(?![,;]https?:)[!#-;=?-[\]^_a-z{|}~\p{L}\p{M}\p{N}\uFF20\uFE6B])+/giu;
// "https://shop.kr에서": no top-level domain mixes Latin and Hangul letters, so the Hangul belongs to the sentence.
const HOST_BEFORE_HANGUL = /^https?:\/\/(?:[^/?#]*\.)?[a-z\d]+(?::\d+)?(?=[가-힣]+(?![가-힣]|[.-]?[\p{L}\p{N}]))/iu;
const HANGUL_AT_END = /(?<![가-힣])[가-힣]+$/;
// What no Korean noun ends in is a particle behind Hangul, too. 은, 이, 가, 의, 도 and others also end nouns (문의, 지도,
// 휴가, names): behind Hangul they stay in the address.
const ENDING = /(?:(?:에서|에게|한테|까지|부터|처럼|으로)(?:는|도|만|의|부터|까지)?|에[는도]?|[를는]|입니다|이?에요|예요|이?라[고는])$/;
const AFTER_VOWEL = /^(?:[를는]|예요|라[고는])$/;
const AFTER_CONSONANT = /^(?:으로.*|이.+)$/;
// Behind a Latin letter or a digit they are all particles.
const PARTICLE = /^(?:[은는이가을를의도만로와과랑요]|로[는도]|이[나랑요고]|인데요?|하고)$/;
const NO_PARTICLE_AFTER = /[=&_+-]$/; // a value that somebody searched for
const SIGNS_AFTER_IT = ".,;:!?'*|";
const MOST_ROUNDS = 4; // "https://a.kr/x)에서)."
const NOTHING_BEFORE_HOST = /^https?:\/\/[^/?#@]+(?:[/?#]|$)/i;
const OPENED_BY = { ")": "(", "]": "[", "}": "{" };

/** The text cut into {text, address: whether it is one}. */
export function pieces(text) {
  const parts = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutSentence(found);
    if (!leadsWhereItSays(address)) continue;
    parts.push({ text: text.slice(done, index), address: false }, { text: address, address: true });
    done = index + address.length;
  }
  return [...parts, { text: text.slice(done), address: false }].filter((part) => part.text);
}

/** Without the signs and the particle of the sentence around it, in whatever order they stand. */
function withoutSentence(found) {
  let address = HOST_BEFORE_HANGUL.exec(found)?.[0] ?? found;
  for (let round = 0; round < MOST_ROUNDS; round++) address = withoutParticle(withoutSigns(address));
  return address;
}

/** A bracket stays where it closes one of the address: "(https://a.kr/x(1))". */
function withoutSigns(address) {
  const count = (sign) => address.split(sign).length;
  const left = Object.fromEntries(Object.entries(OPENED_BY).map(([close, open]) => [close, count(close) - count(open)]));
  let end = address.length;
  while (SIGNS_AFTER_IT.includes(address[end - 1]) || left[address[end - 1]] > 0) left[address[--end]] -= 1;
  return address.slice(0, end);
}

function withoutParticle(address) {
  const [run] = HANGUL_AT_END.exec(address) ?? [];
  if (!run) return address;
  const front = address.slice(0, -run.length);
  const [ending] = ENDING.exec(run) ?? [];
  if (PARTICLE.test(run) || ending === run) return NO_PARTICLE_AFTER.test(front) ? address : front;
  return ending && agrees(ending, run.at(-ending.length - 1)) ? address.slice(0, -ending.length) : address;
}

/** Korean says 를 behind a vowel and 으로 behind a consonant: otherwise it is no particle. */
function agrees(ending, syllable) {
  const open = (syllable.charCodeAt(0) - 0xac00) % 28 === 0;
  return open ? !AFTER_CONSONANT.test(ending) : !AFTER_VOWEL.test(ending);
}

/** "https://bank.kr@evil.kr" leads to evil.kr: an address with a name before its host is no link. */
function leadsWhereItSays(address) {
  try {
    return NOTHING_BEFORE_HOST.test(new URL(address) && address);
  } catch {
    return false;
  }
}
