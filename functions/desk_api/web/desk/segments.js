/** How many SMS segments a carrier bills for a text: the rule of shared/domain/channel/segments.py, while typing. */

const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const EXTENDED = new Set("\f^{}\\[~]|€");

export function segments(text) {
  const characters = [...text];
  const basic = characters.every((c) => BASIC.has(c) || EXTENDED.has(c));
  const sizes = characters.map((c) => (basic ? 1 + EXTENDED.has(c) : c.length));
  const [single, joined] = basic ? [160, 153] : [70, 67];
  if (sizes.reduce((sum, size) => sum + size, 0) <= single) return sizes.length ? 1 : 0;
  return filled(sizes, joined);
}

/** A character of two places is never split over two segments. */
function filled(sizes, room) {
  let [count, used] = [1, 0];
  for (const size of sizes) {
    if (used + size > room) [count, used] = [count + 1, 0];
    used += size;
  }
  return count;
}
