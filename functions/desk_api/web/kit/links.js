/** Web addresses in what people write become links; everything else stays text. */

import { pieces } from "./addresses.js";
import { h } from "./dom.js";

/** The text as nodes and strings. A link tells the other side neither who follows it nor from where. */
export const linked = (text) =>
  pieces(text).map(({ text: words, address }) =>
    address ? h("a", { href: words, target: "_blank", rel: "noopener noreferrer nofollow" }, words) : words);
