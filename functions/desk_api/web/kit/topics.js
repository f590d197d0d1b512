/** Who wants to know about what: state announces topics, views listen. Announcements of one turn are one call. */
export class Topics {
  #listeners = new Map();
  #due = new Set();

  on(topic, listener) {
    if (!this.#listeners.has(topic)) this.#listeners.set(topic, new Set());
    this.#listeners.get(topic).add(listener);
    return () => this.#listeners.get(topic).delete(listener);
  }

  announce(...topics) {
    if (!this.#due.size) queueMicrotask(() => this.#deliver());
    for (const topic of topics) this.#due.add(topic);
  }

  #deliver() {
    const due = [...this.#due];
    this.#due.clear();
    const listeners = new Set(due.flatMap((topic) => [...(this.#listeners.get(topic) ?? [])]));
    for (const listener of listeners) listener();
  }
}
