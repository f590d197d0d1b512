/** The customer writes: a line above the composer says so, and is gone after six seconds, or when the words are here. */

import { h } from "../../kit/dom.js";
import { learn, say } from "../../kit/words.js";
import { writeWords } from "./write-words.js";

learn(writeWords);

const SHOWN = 6000;
const line = h("p.typing", { role: "status" });
let shown = null; // {desk, who: customer, timer}

export function heard(desk, customerId) {
  if (!shown) for (const topic of ["timeline", "selected"]) desk.on(topic, () => show());
  clearTimeout(shown?.timer);
  shown = { desk, who: customerId, at: desk.current && desk.talks.timeline(desk.current.customer_id).heardOn(desk.current.case_id).at, timer: setTimeout(() => ((shown.who = ""), show()), SHOWN) };
  show();
}

/** A customer who was merged writes under a member's name. */
function show() {
  const { desk, who, at } = shown;
  const item = desk.current;
  const timeline = item && desk.talks.timeline(item.customer_id);
  const here = item && who && (who === item.customer_id || timeline.members.includes(who));
  if (here && timeline.heardOn(item.case_id).at !== at) shown.who = "";
  const composer = document.querySelector("pb-composer");
  if (!here || !shown.who || !composer) return line.remove();
  const words = say("typing.customer", { name: desk.customerName || say("actor.customer") });
  if (line.textContent !== words) line.textContent = words;
  if (line.nextElementSibling !== composer) composer.before(line);
}
