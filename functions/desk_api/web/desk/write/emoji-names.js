/** While `:smile` is typed: the emoji of that name, to be taken by arrows and Enter. The caret stays in the text. */

import { h } from "../../kit/dom.js";
import { floatBeside } from "../../kit/floating.js";
import { learn, say } from "../../kit/words.js";
import { emojiNamed } from "./emoji.js";
import { writeWords } from "./write-words.js";

learn(writeWords);

const TYPED = /(?:^|\s):([\p{L}\d_+]{1,30})$/u;

export class Naming {
  #area;
  #changed;
  #found = [];
  #at = 0;

  /** `changed()` is told when an emoji has been put into the text. */
  constructor(area, changed) {
    this.#area = area;
    this.#changed = changed;
    this.list = h("ul.popup.emoji-names", { id: "emoji-names", role: "listbox", popover: "manual", "aria-label": say("emoji.names") });
    area.addEventListener("blur", () => this.stop());
  }

  get #typed() {
    return TYPED.exec(this.#area.value.slice(0, this.#area.selectionStart))?.[1] ?? "";
  }

  look() {
    this.#found = this.#typed ? emojiNamed(this.#typed) : [];
    if (!this.#found.length) return this.stop();
    this.#at = 0;
    this.list.replaceChildren(...this.#found.map(({ emoji, name }, n) =>
      h("li.popup-item", { id: `emoji-${n}`, role: "option", onmousedown: (event) => (event.preventDefault(), this.#take(n)) }, h("span", { "aria-hidden": "true" }, emoji), `:${name}`)));
    floatBeside(this.list, this.#area);
    this.#area.setAttribute("aria-controls", this.list.id);
    this.#mark(0);
  }

  stop() {
    this.#found = [];
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    for (const name of ["aria-controls", "aria-activedescendant"]) this.#area.removeAttribute(name);
  }

  /** Whether the key was for the list. */
  key(event) {
    if (!this.#found.length) return false;
    const act = { ArrowDown: () => this.#mark(this.#at + 1), ArrowUp: () => this.#mark(this.#at - 1), Enter: () => this.#take(this.#at), Tab: () => this.#take(this.#at), Escape: () => this.stop() }[event.key];
    if (!act || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return false;
    event.preventDefault();
    act();
    return true;
  }

  #mark(to) {
    this.#at = (to + this.#found.length) % this.#found.length;
    for (const [n, node] of [...this.list.children].entries()) node.setAttribute("aria-selected", String(n === this.#at));
    this.#area.setAttribute("aria-activedescendant", `emoji-${this.#at}`);
  }

  #take(n) {
    const { emoji } = this.#found[n];
    const end = this.#area.selectionStart;
    this.#area.setRangeText(emoji, end - this.#typed.length - 1, end, "end");
    this.stop();
    this.#changed();
  }
}
