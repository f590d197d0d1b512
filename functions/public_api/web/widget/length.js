/** How long a text is for Patchbay: 4,000 characters, or fewer where they are heavy (an emoji weighs more than Hangul). */

export const MOST = 4000;
const NEAR = 3600;
const BYTES_EACH = 3;

function lengthOf(text) {
  const plain = text.normalize("NFC").trim();
  return Math.max([...plain].length, Math.ceil(new TextEncoder().encode(plain).length / BYTES_EACH));
}

/** {length, near the limit, over it by}. */
export function measured(text) {
  const length = text.length * 3 < NEAR ? text.length : lengthOf(text);
  return { length, near: length > NEAR, over: Math.max(0, length - MOST) };
}
