/** Guided work: the steps of a case, ticked where one talks. It folds away, and says how far one has come. */

import { post } from "../../kit/api.js";
import { desk } from "../desk-state.js";
import { h } from "../../kit/dom.js";
import { View } from "../../kit/view.js";
import { currentLanguage, say } from "../../kit/words.js";

const narrow = matchMedia("(max-width: 720px)");

class Steps extends View {
  source = desk;
  topics = ["selected", "card", "work"];
  #sign = "";
  #open = !narrow.matches;
  #going = new Map();

  build() {
    this.className = "steps";
    this.list = h("ol.step-list");
    this.words = h("span", { role: "status" });
    this.bar = h("progress.step-bar", { "aria-hidden": "true" });
    this.fold = h("details", { open: this.#open, ontoggle: () => (this.#open = this.fold.open) }, h("summary", {}, this.words, this.bar), this.list);
    this.replaceChildren(this.fold);
    this.#sign = "";
  }

  get kept() {
    const item = desk.current;
    return item && desk.talks.cards.get(item.customer_id)?.cases.find((one) => one.case_id === item.case_id);
  }

  render() {
    const { kept } = this;
    const steps = kept?.steps ?? [];
    this.hidden = !steps.length;
    if (this.hidden) return;
    this.#draw(kept, steps);
    const done = steps.filter((one) => this.#isDone(kept, one)).length;
    this.words.textContent = say("steps.progress", { done, all: steps.length });
    Object.assign(this.bar, { max: steps.length, value: done });
    const boxes = [...this.list.querySelectorAll("input")];
    steps.forEach((one, n) => (boxes[n].checked = this.#isDone(kept, one)));
  }

  /** Made anew only for other steps: the box that was just ticked keeps the focus. */
  #draw(kept, steps) {
    const sign = JSON.stringify([kept.case_id, kept.state === "closed", currentLanguage(), steps.map(({ code }) => code)]);
    if (sign === this.#sign) return;
    this.#sign = sign;
    this.list.replaceChildren(...steps.map((one) => h("li", {}, h("label.step", {},
      h("input", { type: "checkbox", disabled: kept.state === "closed", onchange: ({ target }) => this.#tick(one.code, target.checked) }),
      h("span", {}, one[`label_${currentLanguage()}`] || one.code)))));
  }

  #isDone(kept, { code, done }) {
    return this.#going.get(`${kept.case_id} ${code}`) ?? done;
  }

  /** It shows at once; when it could not be kept, it goes back and the reason is said. */
  async #tick(step, done) {
    const { case_id: id, customer_id } = desk.current;
    const place = `${id} ${step}`;
    this.#going.set(place, done);
    this.render();
    await desk.attempt(() => post(`/cases/${id}/steps`, { customer_id, step, done, key: crypto.randomUUID() }));
    await desk.talks.loadCard(customer_id).catch(() => {});
    if (this.#going.get(place) === done) this.#going.delete(place);
    this.render();
  }
}

customElements.define("pb-steps", Steps);
