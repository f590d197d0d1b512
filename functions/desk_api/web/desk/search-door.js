/**
 * The door of the search. What was typed stands in the page's address (?find=…): a reload opens it again, and "back"
 * after a look at what was found leads to the results.
 */

import { address, asked } from "../kit/address.js";
import { openPalette } from "./palette.js";

/** `finds` as of openPalette; `ready()`: whether somebody is signed in. */
export function searchDoor(finds, ready) {
  let opened = null;

  function open(text = "") {
    if (opened || document.querySelector("dialog[open]")) return;
    opened = openPalette(text, finds, { typed: (said) => opened?.open && address({ find: said }), left });
  }

  /** What was chosen opens at an address of its own; the search leaves that one, and "back" still has it. */
  async function left(act) {
    opened = null;
    await act?.();
    await new Promise((then) => setTimeout(then));
    if (!opened) address({ find: "" });
  }

  function ofAddress() {
    const { find = "" } = asked();
    if (find && !opened && ready()) open(find);
    if (!find && opened) opened.close();
  }

  return { open, ofAddress };
}
