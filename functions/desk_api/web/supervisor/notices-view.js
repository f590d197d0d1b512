/** What supervisors were told of, with how much of it is new. */

import { icon } from "../kit/icons.js";
import { h } from "../kit/dom.js";
import { stamp } from "../kit/times.js";
import { View } from "../kit/view.js";
import { say, sayOr } from "../kit/words.js";
import { supervisor } from "./supervisor-state.js";

class NoticesView extends View {
  source = supervisor;
  topics = ["notices"];
  #sign = "";

  render() {
    const { notices } = supervisor;
    const sign = JSON.stringify([notices, supervisor.zone]);
    this.hidden = !notices?.length;
    if (!notices || sign === this.#sign) return;
    this.#sign = sign;
    const news = notices.filter(({ seen }) => !seen).length;
    const open = this.querySelector("details")?.open ?? false;
    const seen = h("button.plain", { type: "button", onclick: () => supervisor.seeNotices() }, say("alert.seen"));
    this.replaceChildren(
      h("details.notices", { open: open || news > 0 },
        h("summary", {}, h("h2", {}, say("alert.title")), news ? h("span.badge", { "aria-label": say("alert.new", { n: news }) }, String(news)) : ""),
        h("ul", {}, notices.map(line)), news ? seen : ""));
  }
}

function line({ what, at, case_id, customer_id, number, by, seen }) {
  const named = { by: by || say("alert.somebody"), number };
  const words = sayOr(`alert.${what}`, say("alert.other", named), named);
  const open = () => supervisor.look({ case_id, customer_id });
  return h(seen ? "li" : "li.new", {}, icon("warn"), h("span", {}, words),
    h("time.quiet.small", { datetime: at }, stamp(at)),
    h("button", { type: "button", onclick: open, "aria-label": say("open.look.case", { number }) }, say("open.look")));
}

customElements.define("pb-notices", NoticesView);
