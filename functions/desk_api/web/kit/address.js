/** What a page keeps in its own address: the query, so that a reload and a link that is sent on show the same. */

/** Everything of the query as an object of strings. */
export const asked = () => Object.fromEntries(new URLSearchParams(location.search));

/**
 * Put these into the query: "", null and false take a name out, and what is not named stays. The hash (which case is
 * open) stays as well. `push`: "back" leads to what was before; else the address is only corrected.
 */
export function address(values, { push = false } = {}) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === "" || value === null || value === undefined || value === false) query.delete(name);
    else query.set(name, value);
  }
  const wanted = `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`;
  if (wanted === location.pathname + location.search + location.hash) return;
  history[push ? "pushState" : "replaceState"](history.state, "", wanted);
}
