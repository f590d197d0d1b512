/** How long a text is against what can carry it, and what a carrier bills for it; counted as the centre keeps it. */

import { channelWord, lengthOn } from "../kit/channels.js";
import { segments } from "./segments.js";
import { say } from "../kit/words.js";

/** {count: the words of the counter, problem: why it cannot be sent, "" for nothing}. `traits` null: not known. */
export function measured(written, traits) {
  if (!traits) return { count: "", problem: "" };
  const text = written.normalize("NFC").trim();
  const { length, over } = lengthOn(traits, text);
  const numbers = { n: length.toLocaleString(), most: traits.text_limit.toLocaleString() };
  const count = say(`write.length.${traits.text_unit}`, numbers);
  const problem = over ? say("write.toolong", { count, channel: carrier(traits) }) : "";
  if (!traits.counts_parts || !text) return { count, problem };
  return { count: `${count} · ${say("write.segments", { n: segments(text), channel: carrier(traits) })}`, problem };
}

const carrier = ({ name }) => (name ? channelWord(name) : say("write.note"));
