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

/** A custom element in the page's own tree that renders itself again whenever one of its topics changes. */
export class View extends HTMLElement {
  #stops = [];

  /** The Topics this view listens to; set by the subclass. */
  source = null;
  topics = [];

  connectedCallback() {
    this.build?.();
    this.#stops = this.topics.map((topic) => this.source.on(topic, () => this.render()));
    this.render();
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop();
    this.leave?.();
  }

  render() {}
}

/** As `explained` of tooltip.js, which is only loaded when somebody first points at the node or reaches it. */
export function explainedLater(node, text) {
  const load = async ({ type }) => {
    for (const event of ["pointerenter", "focus"]) node.removeEventListener(event, load);
    const { explained } = await import("./tooltip.js");
    explained(node, text);
    if (document.activeElement === node || node.matches(":hover")) node.dispatchEvent(new Event(type));
  };
  for (const event of ["pointerenter", "focus"]) node.addEventListener(event, load);
}

/** As `menu` of menu.js, which is only loaded when the button is first pressed or an arrow opens it: `load` makes the menu. */
export function menuLater(button, load) {
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  const arrow = ({ key, altKey, ctrlKey, metaKey }) => (key === "ArrowDown" || key === "ArrowUp") && !altKey && !ctrlKey && !metaKey;
  const open = async (event) => {
    if (event.type === "keydown" && !arrow(event)) return;
    event.preventDefault();
    for (const type of ["click", "keydown"]) button.removeEventListener(type, open);
    (await load()).open(event.key === "ArrowUp" ? -1 : 0);
  };
  for (const type of ["click", "keydown"]) button.addEventListener(type, open);
}
