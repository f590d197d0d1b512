/** What a saved reply does besides waits as long as the reply can be taken back; a reload of the page keeps it. */

import { serverNow } from "../../kit/times.js";
import { tab } from "../tab.js";
import { actAfter } from "./actions.js";

const KEPT = "then";
const MARGIN = 3000; // milliseconds in which a taking back of the last moment is answered
const waiting = new Map();

/** `one` is the reply with its actions (`then`), `entry` the line it became. */
export function afterwards(desk, { timer, ...one }, { id, delivery, held_until }) {
  if (delivery !== "held") return actAfter(desk, one);
  wait(desk, { id, one, at: Date.parse(held_until) });
  keep();
}

/** The reply was taken back. */
export function forget(id) {
  clearTimeout(waiting.get(id)?.timer);
  if (waiting.delete(id)) keep();
}

export function resume(desk) {
  for (const kept of tab.get(KEPT) ?? []) wait(desk, kept);
}

function wait(desk, { id, one, at }) {
  const timer = setTimeout(() => (forget(id), actAfter(desk, one)), Math.max(0, at + MARGIN - serverNow()));
  waiting.set(id, { id, one, at, timer });
}

const keep = () => tab.set(KEPT, [...waiting.values()].map(({ timer, ...kept }) => kept));
