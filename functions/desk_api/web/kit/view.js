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
