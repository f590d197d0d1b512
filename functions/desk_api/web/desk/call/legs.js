/** Who is on a call and how it is with them, in words; for the panel and for the lines of a timeline. */

import { duration } from "../../kit/times.js";
import { say, sayOr } from "../../kit/words.js";
import "./call-words.js";

export const OVER = new Set(["ended", "failed"]);
const ON_THE_WAY = new Set(["claimed", "unknown", "dialled", "ringing"]);

export const legName = ({ role, name }) => name || sayOr(`leg.role.${role}`, role);

const why = (reason) => sayOr(`leg.reason.${reason}`, reason);

/** "hung up after 3 m 2 s", "not reached: busy". */
export function legState({ state, reason, seconds }) {
  if (state === "failed" && reason) return say("leg.failed.why", { why: why(reason) });
  if (state === "ended" && seconds) return say("leg.ended.after", { time: duration(seconds) });
  return sayOr(`leg.state.${state}`, state);
}

export const legWhy = ({ reason }) => why(reason || "failed");

export const rings = ({ state }) => ON_THE_WAY.has(state);
