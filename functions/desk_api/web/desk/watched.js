/** The customers whose lines the live line brings; asked for anew on each connection. */

export class Watched {
  #ids = new Set();
  #live;

  constructor(live) {
    this.#live = live;
  }

  /** A fresh connection knows of none. */
  forget() {
    this.#ids.clear();
  }

  /** Watch these and let go of others; `whole` is false while more may belong to them: then none is let go. */
  keep(ids, whole) {
    if (!this.#live.open) return;
    const wanted = new Set(ids);
    for (const id of wanted) if (!this.#ids.has(id)) this.#live.send({ action: "watch", customer_id: id });
    for (const id of this.#ids) {
      if (wanted.has(id)) continue;
      if (whole) this.#live.send({ action: "unwatch", customer_id: id });
      else wanted.add(id);
    }
    this.#ids = wanted;
  }
}
