/** The browser's storage, which may be forbidden, full or broken: then a page goes on and keeps nothing. */

/** The words kept under a name, null for none, undefined where nothing can be known. `area`: local or session. */
export function recall(area, name) {
  try {
    return globalThis[`${area}Storage`].getItem(name);
  } catch {
    return undefined;
  }
}

/** Keep words under a name; null takes them away. */
export function keep(area, name, words) {
  try {
    const storage = globalThis[`${area}Storage`];
    if (words === null) storage.removeItem(name);
    else storage.setItem(name, words);
  } catch {
    // Nothing is kept then.
  }
}
