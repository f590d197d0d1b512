/** Dark or light, whatever the computer is set to: a wall is read across a room. Kept in this browser. */

import { keep, recall } from "../kit/storage.js";

const KEPT = "patchbay.wall.scheme";
const DARK = "(prefers-color-scheme: dark)";

export const scheme = () => (recall("local", KEPT) === "light" ? "light" : "dark");

/** The rules for dark screens hold always, or never. */
export function useScheme(wanted = scheme()) {
  keep("local", KEPT, wanted);
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSMediaRule)) continue;
      const dark = rule.dark ?? rule.conditionText === DARK;
      rule.dark = dark;
      if (dark) rule.media.mediaText = wanted === "dark" ? "all" : "not all";
    }
  }
  document.documentElement.dataset.scheme = wanted;
}
