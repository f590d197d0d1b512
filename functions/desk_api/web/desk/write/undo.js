/** The door of second thoughts: it counts down, and is gone when the reply has left. */

import { h } from "../../kit/dom.js";
import { say } from "../../kit/words.js";

export function undoButton(entry, desk) {
  const key = crypto.randomUUID();
  const ends = Math.min(Date.parse(entry.held_until), Date.now() + Date.parse(entry.held_until) - Date.parse(entry.at));
  const button = h("button.plain.undo", { type: "button", onclick: withdraw });
  let timer = 0;

  async function withdraw() {
    button.disabled = true;
    const { customer_id: customerId = entry.customer_id } = desk.item(entry.case_id) ?? {};
    try {
      await desk.writing.withdraw(entry, entry.case_id, customerId, key);
    } catch (failure) {
      desk.tell(failure.sentence);
      button.disabled = false;
    }
  }

  /** Who stood on it goes on writing. */
  function leave() {
    clearInterval(timer);
    const stood = button === document.activeElement;
    button.remove();
    if (stood) document.querySelector("pb-composer")?.focus();
  }

  function count() {
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left <= 0 || (timer && !button.isConnected)) return leave();
    button.textContent = say("delivery.undo", { n: left });
  }

  count();
  timer = setInterval(count, 250);
  return button;
}
