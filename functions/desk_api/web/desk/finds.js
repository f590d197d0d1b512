/** What the search finds on a desk besides customers and cases, and how that is opened there. */

import { icon } from "../kit/icons.js";
import { currentLanguage, say } from "../kit/words.js";
import { commandsFor } from "./commands.js";
import { desk } from "./desk-state.js";
import { inTexts } from "./palette.js";
import { visitCustomer, visitLine } from "./visits.js";

const MOST_REPLIES = 5;

export const finds = {
  commands: commandsFor,
  open: (caseId, customerId) => desk.visit(caseId, customerId),
  visit: visitCustomer,
  line: visitLine,
};
finds.sources = [inReplies, inTexts(finds)];

/** Saved replies that fit go into the text of the case that is answered. */
async function inReplies(text) {
  const writer = document.querySelector("pb-composer");
  if (!writer || !desk.cases.isMine(desk.current)) return [];
  const [{ fitting, savedReplies }, { found }, { use }, { textIn, titleIn }] = await Promise.all(
    [import("./saved/replies.js"), import("./saved/match.js"), import("./saved/use.js"), import("./saved/variables.js")]);
  const { replies } = await savedReplies();
  return found(fitting(replies, desk.current.queue), text).slice(0, MOST_REPLIES).map((reply) => ({
    key: `reply ${reply.own} ${reply.code}`, text: titleIn(reply, currentLanguage()), note: textIn(reply, currentLanguage()).slice(0, 60),
    group: say("search.replies"), icon: icon("note"), run: () => use(reply, writer),
  }));
}
