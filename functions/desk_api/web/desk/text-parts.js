/** How many parts a carrier bills for a text (3GPP TS 23.038): 160 or 153 each in its own alphabet, else 70 or 67. */

const BASIC = /^[\n\r A-Za-z0-9@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà^{}\\[\]~|€]*$/;
const TWICE = /[\^{}\\[\]~|€]/g;

export function textParts(text) {
  if (!text) return 0;
  const basic = BASIC.test(text);
  const length = basic ? text.length + (text.match(TWICE)?.length ?? 0) : text.length;
  const [one, more] = basic ? [160, 153] : [70, 67];
  return length <= one ? 1 : Math.ceil(length / more);
}
