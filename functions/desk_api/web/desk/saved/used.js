/** Below the text, while it comes from a saved reply: what is still to be filled in, and what is done once it is written. */

import { h } from "../../kit/dom.js";
import { say } from "../../kit/words.js";
import { openPlaces } from "../tools.js";
import { actionWord } from "./acting.js";
import "./replies.js";
import { mark } from "./use.js";

/** Shows it in `box`; the answer's `step` goes to the next place that is open, and tells whether there was one. */
export function usedView(box, saved, writer) {
  const open = openPlaces(saved, writer.whole);
  const sign = JSON.stringify([saved, open]);
  if (box.dataset.sign !== sign) {
    box.dataset.sign = sign;
    const stood = box.contains(document.activeElement);
    box.replaceChildren(...places(open, writer), ...saved.actions.map((one) => action(saved, one, writer)));
    if (stood) writer.focus();
  }
  box.hidden = !box.childElementCount;
  return { step: (area) => mark(area, open, area.selectionEnd) };
}

function places(open, writer) {
  const go = (name) => (writer.focus(), mark(writer.area, [name]));
  const buttons = open.map((name) => h("button.chip.place", { type: "button", onclick: () => go(name) }, name));
  return open.length ? [h("span.quiet", {}, say("saved.fill")), ...buttons] : [];
}

function action(saved, one, writer) {
  const words = actionWord(one, writer.source);
  const without = () => {
    writer.source.writing.drafts.equip(writer.caseId, { saved: { ...saved, actions: saved.actions.filter((other) => other !== one) } });
    writer.render();
    writer.focus();
  };
  return h("span.chip", {}, say("saved.then", { what: words }), h("button.plain", { type: "button", "aria-label": say("saved.not", { what: words }), onclick: without }, "×"));
}
