/** What the browser keeps for us. It may be forbidden or full: then the chat works, and a reload forgets. */

/** Whether it is kept. */
export function keep(where, key, value) {
  try {
    window[where].setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export function kept(where, key) {
  try {
    return window[where].getItem(key) ?? "";
  } catch {
    return "";
  }
}
