/** Why an offer came to this agent: the router's recorded sentence, short and in the reader's language. */

import { say, sayOr } from "./words.js";

const LONGEST = /^longest waiting .*? of (\d+) in \S+; longest available .*? of (\d+) /;

/** An unknown reason is shown as it was recorded: better in the wrong language than hidden. */
export function because(reason) {
  const [, waiting, agents] = LONGEST.exec(reason ?? "") ?? [];
  return waiting ? say("reason.longest", { waiting, agents }) : sayOr(`reason.${reason}`, reason ?? "");
}
