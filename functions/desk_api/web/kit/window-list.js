/**
 * A long list of which only what is near the eye is drawn. Above, below and between stand empty gaps of the height
 * of what is left out: measured where it was drawn once, else the mean of what was. What is read stays where it is
 * when lines come or are measured above it. What has the focus or is selected stays drawn.
 */

import { h, reconcile } from "./dom.js";
import { Heights } from "./heights.js";

const NEAR_END = 80; // pixels
const MOST_SELECTED = 300;
const OWN = { sign: ({ sign }) => (typeof sign === "function" ? sign() : sign), make: ({ make }) => make() };

export class WindowList {
  items = [];
  /** Whether the reader is at the end; kept at it then, if the list is one that grows at its end (`sticks`). */
  atEnd = true;
  #heights = new Heights();
  #drawn = [];
  #width = 0;
  #top = 0;

  /**
   * `list` lies somewhere in `scroll`, which scrolls. `gap` is the tag of a gap: li in a list. `counts`: each row says
   * its place among all, as only some of them are there. `draws`: {sign(item), make(item)} for items that have no such
   * functions of their own. `told()` hears of every scroll.
   */
  constructor(scroll, list, { gap = "div", sticks = false, counts = false, draws = OWN, told = () => {} } = {}) {
    Object.assign(this, { scroll, list, gap, sticks, counts, draws });
    scroll.classList.add("windowed");
    scroll.addEventListener("scroll", () => (this.#look(), told()), { passive: true });
    this.observer = new ResizeObserver(() => this.#resized());
    this.observer.observe(scroll);
  }

  /**
   * `items`: {key, sign, make}, or {key, …} where another one draws them: it is asked about what is drawn alone. What is
   * `loose` (a mark between rows, which may stand elsewhere next time) holds no place.
   */
  show(items) {
    const anchor = this.#holds ? null : this.#anchor();
    this.items = items;
    this.#heights.take(items);
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
    this.#top = this.scroll.scrollTop;
  }

  /** Bring a row into sight that may not be drawn, `top` pixels below the upper edge; its node, or null if it is not in the list. */
  reach(key, top = 12) {
    const at = this.#heights.place(key);
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

  /** The reader scrolled: draw when what is drawn does not reach far enough. */
  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    // A row that grew below (a picture came) takes nobody away from the end: only who scrolls up leaves it.
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END || (this.atEnd && scrollTop >= this.#top);
    this.#top = scrollTop;
    if (!this.#drawn.length || !clientHeight) return;
    const anchor = this.#anchor();
    const { from, to } = this.#window(anchor, clientHeight / 2);
    const drawn = new Set(this.#drawn.map((one) => one.at));
    for (let at = from; at < to; at += 1) if (!drawn.has(at)) return this.#draw(anchor);
  }

  /** The first row in sight and how far below the upper edge it begins; found by heights where a gap is in sight. */
  #anchor() {
    if (!this.items.length) return null;
    const edge = this.scroll.getBoundingClientRect().top;
    const bottom = edge + this.scroll.clientHeight;
    let found = null;
    for (const { node, at, key, loose } of this.#drawn) {
      const box = node.getBoundingClientRect();
      if (box.top >= bottom) break;
      if (box.bottom > edge && (!found || !loose)) found = { at, key, top: box.top - edge };
      if (found && !loose) break;
    }
    if (found) return found;
    let left = edge - this.list.getBoundingClientRect().top;
    let at = 0;
    while (at < this.items.length - 1 && left >= this.#heights.at(at)) left -= this.#heights.at((at += 1) - 1);
    // Where the list begins there is nothing above that could move it.
    return { at, key: this.items[at].key, top: -left, free: at === 0 };
  }

  /** Where the anchor is among the items of now; the row that was next to it, if it is gone. */
  #found(anchor) {
    const at = this.#heights.place(anchor.key, anchor.at) ?? Math.min(anchor.at, this.items.length - 1);
    return { ...anchor, at };
  }

  /** The rows within sight of an anchor, and `more` pixels to both sides. */
  #window({ at, top }, more) {
    const { clientHeight } = this.scroll;
    let from = at;
    for (let above = top + more; from > 0 && above > 0; from -= 1) above -= this.#heights.at(from - 1);
    let to = at + 1;
    for (let below = clientHeight - top + more - this.#heights.at(at); to < this.items.length && below > 0; to += 1) below -= this.#heights.at(to);
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
    rows.forEach((row, n) => row.gap ? (nodes[n].style.height = `${row.gap}px`) : this.#drawn.push({ ...row, node: nodes[n] }));
    if (this.counts) this.#count();
    this.#measure();
    rows.forEach((row, n) => row.gap && (nodes[n].style.height = `${this.#heights.span(row.from, row.to)}px`));
    if (!anchor.end && !anchor.free) this.#hold(anchor);
  }

  /** What is drawn, with a gap wherever something is left out. */
  #rows(places) {
    const rows = [];
    let next = 0;
    const gap = (to) => {
      if (to > next) rows.push({ key: `gap ${rows.length}`, sign: "", gap: this.#heights.span(next, to) || 1, from: next, to, make: () => h(`${this.gap}.gap`, { "aria-hidden": "true" }) });
    };
    for (const at of places) {
      gap(at);
      const item = this.items[at];
      rows.push({ key: item.key, loose: item.loose, at, sign: this.draws.sign(item), make: () => this.draws.make(item) });
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
    this.#drawn.forEach(({ at, key }, n) => this.#drawn[n + 1]?.at === at + 1 && this.#heights.measured(at, key, tops[n + 1] - tops[n]));
  }

  /** The places of what has the focus and of what is selected, up to a bound. */
  #kept() {
    const focused = this.#placeOf(document.activeElement);
    const kept = new Set(focused < 0 ? [] : [focused]);
    const { isCollapsed = true, anchorNode, focusNode } = document.getSelection() ?? {};
    if (isCollapsed) return kept;
    const [from, to] = [this.#placeOf(anchorNode), this.#placeOf(focusNode)].sort((a, b) => a - b);
    if (from >= 0 && to - from < MOST_SELECTED) for (let at = from; at <= to; at += 1) kept.add(at);
    return kept;
  }

  /** The place of the row that a node lies in; -1 if it lies in none, or its row is gone. */
  #placeOf(node) {
    if (!node || !this.list.contains(node)) return -1;
    const row = this.#drawn.find((one) => one.node.contains(node));
    if (!row) return -1;
    return this.#heights.place(row.key, row.at) ?? -1;
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
      this.#heights.forget();
    }
    if (this.#holds) this.toEnd();
    else this.#draw(this.#anchor());
  }
}
