/** Opens what was found or told of: a customer, or one line of a conversation. Loaded when somebody wants to go there. */

import { learn, say } from "../kit/words.js";
import { desk } from "./desk-state.js";
import { mattersNow } from "./matters-now.js";
import { paletteWords } from "./palette-words.js";

learn(paletteWords);

/** A customer is opened at what matters now. */
export async function visitCustomer(customerId) {
  const card = await desk.attempt(() => desk.talks.loadCard(customerId));
  if (!card) return;
  const wanted = mattersNow(card, (one) => desk.cases.isMine(one));
  if (wanted) await desk.visit(wanted.case_id, card.customer_id);
  else desk.tell(say("search.nocase"), "warn");
}

/** `timeline` is the member under whom the line `seq` lies; it stands in sight then, marked. */
export async function visitLine({ customer_id: customer, case_id: one, seq, timeline }) {
  if (one) await desk.visit(one, customer);
  else if (desk.current?.customer_id !== customer) await visitCustomer(customer);
  if (!desk.current || (one && desk.selected !== one)) return;
  // The conversation is loaded with the first one that is opened.
  await import("./conversation.js");
  await document.querySelector("pb-timeline")?.reach(seq, timeline);
}
