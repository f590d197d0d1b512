/** A list that is drawn whole while it is short. Of a long one only what is near the eye is: that is loaded when one comes. */

import { reconcile } from "./dom.js";

const SHORT = 40;

export class LongList {
  #window = null;
  #items = [];

  /** `scroll()`: what scrolls around it, once it stands in the page. `options` as those of WindowList. */
  constructor(list, scroll, options = { gap: "li", counts: true }) {
    Object.assign(this, { list, scroll, options });
  }

  /** `items`: {key, sign, make}; `sign` may be a function, which is asked for what is drawn alone. */
  show(items) {
    this.#items = items;
    if (this.#window) return this.#window.show(items);
    if (items.length > SHORT) return this.#grow();
    reconcile(this.list, items.map(({ key, sign, make }) => ({ key, sign: typeof sign === "function" ? sign() : sign, make })));
  }

  /** Brings a row into sight; its node, or null if it is not in the list. */
  reach(key) {
    if (this.#window) return this.#window.reach(key);
    const node = this.list.children[this.#items.findIndex((one) => one.key === key)] ?? null;
    node?.scrollIntoView({ block: "nearest" });
    return node;
  }

  async #grow() {
    const { WindowList } = await import("./window-list.js");
    this.#window ??= new WindowList(this.scroll(), this.list, this.options);
    this.#window.show(this.#items);
  }

  leave() {
    this.#window?.leave();
    this.#window = null;
  }
}
