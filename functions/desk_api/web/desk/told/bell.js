/** The bell in the bar, by which one looks at what one was told, and the button by which one follows a case. */

import { counted } from "../../kit/counts.js";
import { desk } from "../desk-state.js";
import { h, style } from "../../kit/dom.js";
import { icon } from "../../kit/icons.js";
import { View } from "../../kit/view.js";
import { say } from "../../kit/words.js";
import { told } from "./told.js";

export { told };

class Bell extends View {
  source = desk;
  topics = ["told"];

  build() {
    this.number = h("span.bell-count", { "aria-hidden": "true" });
    this.button = h("button.bell", { type: "button", "aria-haspopup": "dialog", onclick: () => this.#open() }, icon("bell"), this.number);
    this.replaceChildren(this.button);
  }

  render() {
    const n = told.notices.length + told.unread.length;
    this.number.textContent = n ? counted(n, 99) : "";
    this.button.setAttribute("aria-label", say(n ? "told.bell.some" : "told.bell", { n: counted(n, 99) }));
    this.button.title = this.button.getAttribute("aria-label");
  }

  async #open() {
    (await import("./notices-view.js")).showNotices(this.button);
  }
}

/** Whoever does not have a case can hear of it all the same. */
class Follow extends View {
  source = desk;
  topics = ["selected", "work", "card", "told"];

  build() {
    this.words = h("span");
    this.button = h("button", { type: "button", onclick: () => this.#turn() }, icon("bell"), this.words);
    this.replaceChildren(this.button);
  }

  get follows() {
    return desk.followed.some((one) => one.case_id === desk.selected);
  }

  render() {
    const item = desk.current;
    const { is } = item ? desk.standing(item) : {};
    const open = is && is !== "mine" && is !== "closed";
    this.hidden = !item || !(open || this.follows);
    this.words.textContent = say(this.follows ? "follow.stop" : "follow.start");
    this.button.title = say("follow.why");
  }

  async #turn() {
    this.button.disabled = true;
    await told.follow(desk.current, !this.follows);
    this.button.disabled = false;
    this.button.focus();
  }
}

style("/assets/desk/desk/told/told.css");
customElements.define("pb-bell", Bell);
customElements.define("pb-follow", Follow);
