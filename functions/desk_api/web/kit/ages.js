/** Times that stay true by themselves: an age grows, a clock time of yesterday gets its day. Nothing is read again. */

import { h } from "./dom.js";
import { full } from "./times.js";

const TICK = 5000;
const writers = new WeakMap();

/** A <time> whose words are `write(iso)`, now and later. */
export function living(spec, iso, write) {
  const node = h(`${spec}.living`, { datetime: iso, title: full(iso) }, write(iso));
  writers.set(node, write);
  return node;
}

setInterval(() => {
  for (const node of document.querySelectorAll("time.living")) {
    const words = writers.get(node)(node.dateTime);
    if (words !== node.textContent) node.textContent = words;
  }
}, TICK);
