/** Keys that belong to an input method (Korean, Japanese, Chinese …): Enter ends a composition there, Escape drops it. */

const ENDING = ["Enter", "NumpadEnter", "Escape"];
const SAME_PRESS = 30; // milliseconds
let key = null;
let endedAt = -Infinity;

// Safari tells the end of the composition first and the key that ended it afterwards. Other browsers tell the key first,
// so the same key a moment later is a key of its own. A virtual keyboard names no keys: there nothing can be told apart.
const told = (event) => (key = event.code);
const ended = ({ timeStamp }) => (endedAt = key === "" || ENDING.includes(key) ? -Infinity : timeStamp);
addEventListener("keydown", told, true);
addEventListener("compositionend", ended, true);

/** Whether this keydown is the input method's, and nothing else may act on it. 229 is what it says instead of its key. */
export const inputMethodOwns = ({ isComposing, keyCode, code, timeStamp }) =>
  isComposing || keyCode === 229 || (ENDING.includes(code) && Math.abs(timeStamp - endedAt) < SAME_PRESS);

/** What a browser would do by itself (Enter sends a form, Escape closes a dialog) does not happen then. */
export function keepForInputMethod(event) {
  if (ENDING.includes(event.code) && inputMethodOwns(event)) event.preventDefault();
}
