/** What the centre calls its own reasons for not taking work. */

import { currentLanguage } from "./words.js";

export function reasonOf(aux, code) {
  const known = aux.find((one) => one.code === code);
  return known?.[`label_${currentLanguage()}`] || code;
}
