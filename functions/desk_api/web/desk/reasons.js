/** Why an offer came to this agent, short and in the reader's language. */

import { sayOr } from "../kit/words.js";

/**
 * An offer carries the rule's word (longest_waiting), its entry the recorded sentence that begins with it. An
 * unknown rule is shown as it was recorded: better in the wrong language than hidden.
 */
export function because(reason) {
  const rule = (reason ?? "").split(" (")[0].replaceAll(" ", "_");
  return sayOr(`reason.${rule}`, reason ?? "");
}
