/**
 * A long list of which only what is near the eye is drawn. Above, below and between stand empty gaps of the height
 * of what is left out: measured where it was drawn once, else the mean of what was. What is read stays where it is
 * when lines come or are measured above it. What has the focus or is selected stays drawn.
 */

import { h, reconcile } from "./dom.js";

const NEAR_END = 80; // pixels
const FIRST_GUESS = 64; // pixels of a row before any was measured
const MOST_SELECTED = 300;

export class WindowList {
  items = [];
  /** Whether the reader is at the end; kept at it then, if the list is one that grows at its end (`sticks`). */
  atEnd = true;
  #places = new Map();
  #known = new Map();
  #sum = 0;
  #drawn = [];
  #width = 0;

  /**
   * `list` lies somewhere in `scroll`, which scrolls. `gap` is the tag of a gap: li in a list. `counts`: each row says
   * its place among all, as only some of them are there. `told()` hears of every scroll.
   */
  constructor(scroll, list, { gap = "div", sticks = false, counts = false, told = () => {} } = {}) {
    Object.assign(this, { scroll, list, gap, sticks, counts });
    scroll.classList.add("windowed");
    scroll.addEventListener("scroll", () => (this.#look(), told()), { passive: true });
    this.observer = new ResizeObserver(() => this.#resized());
    this.observer.observe(scroll);
  }

  /** `items`: {key, sign, make}; `sign` may be a function: then it is asked for what is drawn alone. */
  show(items) {
    const anchor = this.#holds ? null : this.#anchor();
    this.items = items;
    this.#places = null;
    if (this.#holds) this.toEnd();
    else this.#draw(anchor && this.#found(anchor));
  }

  get #holds() {
    return this.sticks && this.atEnd;
  }

  toEnd() {
    this.atEnd = true;
    const { clientHeight } = this.scroll;
    this.#draw({ at: this.items.length - 1, top: clientHeight, end: true });
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  /** Bring a row into sight that may not be drawn, `top` pixels below the upper edge; its node, or null if it is not in the list. */
  reach(key, top = 12) {
    const at = this.#place(key);
    if (at === undefined) return null;
    this.#draw({ at, top });
    this.#look();
    return this.node(key);
  }

  /** The node of a row that is drawn now. */
  node(key) {
    return this.#drawn.find((one) => one.key === key)?.node ?? null;
  }

  leave() {
    this.observer.disconnect();
  }

  #place(key) {
    this.#places ??= new Map(this.items.map((item, at) => [item.key, at]));
    return this.#places.get(key);
  }

  #height(at) {
    const { key, height } = this.items[at];
    return this.#known.get(key) ?? height ?? this.#guess;
  }

  get #guess() {
    return this.#known.size ? this.#sum / this.#known.size : FIRST_GUESS;
  }

  #span(from, to) {
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += this.#height(at);
    return sum;
  }

  /** The reader scrolled: draw when what is drawn does not reach far enough. */
  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (!this.#drawn.length || !clientHeight) return;
    const anchor = this.#anchor();
    const { from, to } = this.#window(anchor, clientHeight / 2);
    const run = this.#drawn.find((one) => one.at === anchor.at);
    const first = run ? this.#edge(anchor.at, -1) : to;
    const last = run ? this.#edge(anchor.at, 1) : from;
    if (first > from || last < to - 1) this.#draw(anchor);
  }

  /** The last row that is drawn without a gap from here. */
  #edge(at, by) {
    const drawn = new Set(this.#drawn.map((one) => one.at));
    let edge = at;
    while (drawn.has(edge + by)) edge += by;
    return edge;
  }

  /** The first row in sight and how far below the upper edge it begins; found by heights where a gap is in sight. */
  #anchor() {
    if (!this.items.length) return null;
    const edge = this.scroll.getBoundingClientRect().top;
    const bottom = edge + this.scroll.clientHeight;
    for (const { node, at, key } of this.#drawn) {
      const box = node.getBoundingClientRect();
      if (box.bottom > edge && box.top < bottom) return { at, key, top: box.top - edge };
    }
    let left = edge - this.list.getBoundingClientRect().top;
    let at = 0;
    while (at < this.items.length - 1 && left >= this.#height(at)) left -= this.#height((at += 1) - 1);
    return { at, key: this.items[at].key, top: -left };
  }

  /** Where the anchor is among the items of now; the row that was next to it, if it is gone. */
  #found(anchor) {
    const at = this.#place(anchor.key);
    return { ...anchor, at: at ?? Math.min(anchor.at, this.items.length - 1) };
  }

  /** The rows within sight of an anchor, and `more` pixels to both sides. */
  #window({ at, top, end }, more) {
    const { clientHeight } = this.scroll;
    let from = at;
    for (let above = top + (end ? more : more); from > 0 && above > 0; from -= 1) above -= this.#height(from - 1);
    let to = at + 1;
    for (let below = clientHeight - top + more - this.#height(at); to < this.items.length && below > 0; to += 1) below -= this.#height(to);
    return { from, to };
  }

  #draw(anchor) {
    if (!this.items.length || !anchor || anchor.at < 0) anchor = { at: 0, top: 0 };
    const { from, to } = this.items.length ? this.#window(anchor, this.scroll.clientHeight) : { from: 0, to: 0 };
    const shown = this.#kept();
    for (let at = from; at < to; at += 1) shown.add(at);
    const places = [...shown].sort((a, b) => a - b);
    const rows = this.#rows(places);
    reconcile(this.list, rows);
    const nodes = [...this.list.children];
    this.#drawn = [];
    rows.forEach((row, n) => row.gap ? (nodes[n].style.height = `${row.gap}px`) : this.#drawn.push({ at: row.at, key: row.key, node: nodes[n] }));
    if (this.counts) this.#count();
    this.#measure();
    rows.forEach((row, n) => row.gap && (nodes[n].style.height = `${this.#span(row.from, row.to)}px`));
    if (!anchor.end) this.#hold(anchor);
  }

  /** What is drawn, with a gap wherever something is left out. */
  #rows(places) {
    const rows = [];
    let next = 0;
    const gap = (to) => {
      if (to > next) rows.push({ key: `gap ${rows.length}`, sign: "", gap: this.#span(next, to) || 1, from: next, to, make: () => h(`${this.gap}.gap`, { "aria-hidden": "true" }) });
    };
    for (const at of places) {
      gap(at);
      const { key, sign, make } = this.items[at];
      rows.push({ key, at, sign: typeof sign === "function" ? sign() : sign, make });
      next = at + 1;
    }
    gap(this.items.length);
    return rows;
  }

  /** The anchor stays where it was. */
  #hold({ at, top }) {
    const node = this.#drawn.find((one) => one.at === at)?.node;
    if (!node) return;
    const moved = node.getBoundingClientRect().top - this.scroll.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= 1) this.scroll.scrollTop += moved;
  }

  /** A row's height reaches to where the next one begins, so margins are in it. */
  #measure() {
    const tops = this.#drawn.map(({ node }) => node.offsetTop);
    this.#drawn.forEach(({ at, key }, n) => {
      if (this.#drawn[n + 1]?.at !== at + 1) return;
      const height = tops[n + 1] - tops[n];
      if (height <= 0) return;
      this.#sum += height - (this.#known.get(key) ?? 0);
      this.#known.set(key, height);
    });
  }

  /** The places of what has the focus and of what is selected, up to a bound. */
  #kept() {
    const kept = new Set();
    const holder = (node) => node && this.list.contains(node) && this.#drawn.find((one) => one.node.contains(node));
    const place = (node) => {
      const found = holder(node);
      return found && this.#place(found.key);
    };
    const focused = place(document.activeElement);
    if (focused !== undefined && focused !== false && focused !== null) kept.add(focused);
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return kept;
    const ends = [place(selection.anchorNode), place(selection.focusNode)].filter(Number.isInteger).sort((a, b) => a - b);
    if (ends.length === 2 && ends[1] - ends[0] < MOST_SELECTED) for (let at = ends[0]; at <= ends[1]; at += 1) kept.add(at);
    return kept;
  }

  #count() {
    for (const { node, at } of this.#drawn) {
      node.setAttribute("aria-setsize", this.items.length);
      node.setAttribute("aria-posinset", at + 1);
    }
  }

  /** At another width all heights are others. */
  #resized() {
    if (!this.items.length) return;
    if (this.#width !== this.scroll.clientWidth) {
      this.#width = this.scroll.clientWidth;
      this.#known.clear();
      this.#sum = 0;
    }
    if (this.#holds) this.toEnd();
    else this.#draw(this.#anchor());
  }
}
