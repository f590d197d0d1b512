/** Above the text: a field that finds something to put into it. */

import { h } from "../../kit/dom.js";
import { say } from "../../kit/words.js";

/** `box` is a combobox, `doors` stand before the one that closes it; so does Escape, which goes no further. `typed` stands in the field. */
export function openPanel(place, { label, box, close, typed = "", doors = [] }) {
  const shut = h("button.plain", { type: "button", onclick: close }, say("dialog.close"));
  const node = h("div.tool-panel", { role: "region", "aria-label": label }, box.node, h("div.tool-doors", {}, doors, shut));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    event.preventDefault();
    close();
  }, true);
  place.replaceChildren(node);
  box.input.value = typed;
  box.input.focus();
  box.look();
}
