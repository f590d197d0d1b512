/**
 * What the centre's channels say of themselves, learned from GET /me. No page names a channel. One that is not
 * there any more (old entries) is its name and a dot.
 */

import { h } from "./dom.js";
import { drawing, icon } from "./icons.js";
import { currentLanguage } from "./words.js";

const known = new Map();
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
let learned = "";

/** Views that are already there keep their nodes, so colours are rules: they reach those too. */
export function learnChannels(channels) {
  const sign = JSON.stringify(channels);
  if (sign === learned) return;
  learned = sign;
  known.clear();
  for (const channel of channels) known.set(channel.name, channel);
  sheet.replaceSync(`${rules("light")}\n@media (prefers-color-scheme: dark) {\n${rules("dark")}\n}`);
}

const rules = (scheme) =>
  [...known.values()].map(({ name, colours }) =>
    `[data-channel="${CSS.escape(name)}"] { --channel: ${colours[scheme]}; }`).join("\n");

/** Null for a channel that nobody declares. */
export const traitsOf = (channel) => known.get(channel) ?? null;

/** Whether an exchange there is a telephone call, and whether there is such a channel. */
export const isCall = (channel) => known.get(channel)?.calls ?? false;

export const callsOn = () => [...known.values()].some(({ calls }) => calls);

/** The names of all that are there. */
export const knownChannels = () => [...known.keys()];

export const channelWord = (channel) => known.get(channel)?.word[currentLanguage()] ?? channel;

/** The drawing of the channel that reaches such an address. */
export function kindIcon(kind) {
  const channel = [...known.values()].find((one) => one.address_kind === kind);
  return channel ? drawing(channel.icon) : icon("person");
}

/** A channel as its drawing and its word. */
export const channelMark = (channel) =>
  h("span.channel", { "data-channel": channel },
    known.has(channel) ? drawing(known.get(channel).icon) : icon("dot"), h("span", {}, channelWord(channel)));

/** How long a text is as its channel counts, and by how much it is too long; 0 when it fits. */
export function lengthOn(channel, text) {
  const { text_unit: unit, text_limit: most } = channel;
  const length = unit === "bytes" ? new TextEncoder().encode(text).length : [...text].length;
  return { length, over: Math.max(0, length - most) };
}
