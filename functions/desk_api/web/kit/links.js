/** Web addresses in what people write become links; everything else stays text. */

import { h } from "./dom.js";

// Printable ASCII only, so that a Korean particle written against an address does not become part of it.
const ADDRESS = /https?:\/\/[!#-;=?-~]+/g;
const AFTER_IT = /[.,;:!?)\]}'*]+$/;

/** The text as nodes and strings. A link tells the other side neither who follows it nor from where. */
export const linked = (text) =>
  pieces(text).map(({ text: words, address }) =>
    address ? h("a", { href: words, target: "_blank", rel: "noopener noreferrer nofollow" }, words) : words);

/** The text cut into {text, address: whether it is one}. */
export function pieces(text) {
  const parts = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(AFTER_IT, "");
    parts.push({ text: text.slice(done, index), address: false }, { text: address, address: true });
    done = index + address.length;
  }
  return [...parts, { text: text.slice(done), address: false }].filter((part) => part.text);
}
