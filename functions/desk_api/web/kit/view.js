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
