/** How high the rows of a long list are: as measured where they were drawn once, else the mean of those that were. */

const FIRST_GUESS = 64; // pixels of a row before any was measured
const SPARE = 500; // rows whose height is remembered though they are gone

export class Heights {
  #known = new Map();
  #sum = 0;
  #keys = [];
  #tall = [];
  #places = null;

  /** The rows there are now. Only from the first place on that holds another row than before is anything done. */
  take(items) {
    let at = 0;
    while (at < items.length && this.#keys[at] === items[at].key) at += 1;
    if (at === items.length && at === this.#keys.length) return;
    this.#places = null;
    this.#keys.length = this.#tall.length = items.length;
    for (; at < items.length; at += 1) {
      this.#keys[at] = items[at].key;
      this.#tall[at] = this.#known.get(items[at].key) ?? 0;
    }
  }

  /** Where a row is, or undefined. `near`: where it was last. */
  place(key, near = -1) {
    if (this.#keys[near] === key) return near;
    this.#places ??= new Map(this.#keys.map((one, at) => [one, at]));
    return this.#places.get(key);
  }

  get guess() {
    return this.#known.size ? this.#sum / this.#known.size : FIRST_GUESS;
  }

  at(place) {
    return this.#tall[place] || this.guess;
  }

  /** Of all rows from one place to before another. */
  span(from, to) {
    const { guess } = this;
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += this.#tall[at] || guess;
    return sum;
  }

  measured(place, key, height) {
    if (height <= 0) return;
    this.#sum += height - (this.#known.get(key) ?? 0);
    this.#known.set(key, height);
    this.#tall[place] = height;
    if (this.#known.size > SPARE + 2 * this.#keys.length) this.#letGo();
  }

  /** Rows that are there no more; one of them measured again counts again. */
  #letGo() {
    const there = new Set(this.#keys);
    for (const [key, height] of this.#known) if (!there.has(key) && this.#known.delete(key)) this.#sum -= height;
  }

  forget() {
    this.#known.clear();
    this.#tall.fill(0);
    this.#sum = 0;
  }
}
