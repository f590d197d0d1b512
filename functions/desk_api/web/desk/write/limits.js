/** What a channel carries, asked before anything is sent. As shared/domain/channel/media.py. */

import { channelWord, traitsOf } from "../../kit/channels.js";
import { sizeOf } from "../file-view.js";
import { learn, say } from "../../kit/words.js";
import { writeWords } from "./write-words.js";

learn(writeWords);

/** A sentence why this file does not go along beside the others; "" when it does, or when only the centre can tell. */
export function unfit({ channel, size, type }, beside) {
  const limits = traitsOf(channel)?.media;
  if (!limits) return "";
  const values = { channel: channelWord(channel), most: sizeOf(limits.longest) };
  if (!size) return say("limit.empty", values);
  if (size > limits.longest) return say("limit.size", values);
  if (beside.length >= limits.files) return say("limit.count", { ...values, most: limits.files });
  if (limits.by_link) return "";
  const longest = limits.sizes.find(({ type: begins }) => type.startsWith(begins))?.longest ?? 0;
  if (!longest) return say("limit.type", values);
  if (size > longest) return say("limit.size", { ...values, most: sizeOf(longest) });
  if (beside.length >= limits.most) return say("limit.count", { ...values, most: limits.most });
  const total = beside.reduce((sum, one) => sum + one.size, size);
  return total > limits.total ? say("limit.total", { ...values, most: sizeOf(limits.total) }) : "";
}
