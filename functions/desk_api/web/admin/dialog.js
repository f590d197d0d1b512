/** A question that is asked before something is written: what becomes other, and the doors out of it. */

import { h } from "../kit/dom.js";
import { say } from "../kit/words.js";

/** `act` runs when the person says yes; the dialog stays open with its sentence where it fails. */
export function ask(heading, body, yes, act) {
  const problem = h("p.problem", { role: "alert" });
  const no = h("button", { type: "button", onclick: () => dialog.close() }, say("admin.back"));
  const go = h("button.primary", { type: "button", onclick: () => run() }, yes);
  const dialog = h("dialog", { "aria-labelledby": "asked", onclose: () => dialog.remove() },
    h("div", {}, h("h2", { id: "asked" }, heading), body, problem, h("div.dialog-doors", {}, no, act && go)));
  async function run() {
    go.disabled = true;
    try {
      await act();
      dialog.close();
    } catch (failure) {
      problem.textContent = failure.sentence ?? String(failure);
      go.disabled = false;
    }
  }
  document.body.append(dialog);
  dialog.showModal();
}

export const changeList = (lines) => h("ul.changes", { tabindex: "0", "aria-label": say("admin.changes") }, lines.map((line) => h("li", {}, line)));
