/** The agent's cases: newest word first, unread counted, one press away. */

import { desk } from "./desk-state.js";
import { h, reconcile } from "../kit/dom.js";
import { channelMark } from "../kit/channels.js";
import { brief } from "../kit/times.js";
import { View } from "../kit/view.js";
import { say } from "../kit/words.js";

class Work extends View {
  source = desk;
  topics = ["work", "selected", "me"];

  build() {
    this.className = "work";
    this.list = h("ul.work-list");
    this.empty = h("p.empty");
    this.past = h("ul.work-list");
    this.pastTitle = h("h2", {}, say("work.closed"));
    this.replaceChildren(h("h2", {}, say("work.title")), this.list, this.empty, this.pastTitle, this.past);
  }

  render() {
    const items = [...desk.work].sort((a, b) => (a.last_at < b.last_at ? 1 : -1));
    reconcile(this.list, items.map((item) => {
      const unread = desk.unread(item);
      const chosen = item.case_id === desk.selected;
      return { key: item.case_id, sign: JSON.stringify([item, unread, chosen]), make: () => row(item, unread, chosen) };
    }));
    const past = desk.closed.filter((item) => !desk.work.some((one) => one.case_id === item.case_id));
    this.pastTitle.hidden = !past.length;
    reconcile(this.past, past.map((item) => {
      const chosen = item.case_id === desk.selected;
      return { key: item.case_id, sign: JSON.stringify([item, chosen]), make: () => pastRow(item, chosen) };
    }));
    this.empty.hidden = items.length > 0;
    this.empty.textContent = say(`work.empty.${readiness(desk.agent)}`);
  }
}

function readiness(agent) {
  if (agent?.routing_status === "not_responding") return "missed";
  return agent?.presence === "available" ? "available" : "away";
}

function row(item, unread, chosen) {
  const mine = item.last_from?.startsWith("agent:");
  const open = () => desk.select(item.case_id);
  return h("li", {},
    h("button.work-item", { type: "button", onclick: open, "aria-current": chosen ? "true" : null },
      h("span.work-name", {}, item.customer_name || say("actor.customer")),
      h("time.work-time", { datetime: item.last_at }, brief(item.last_at)),
      h("span.work-text", {}, (mine ? say("work.you") : "") + (item.last_text ?? "")),
      unread ? h("span.badge", { "aria-label": say("work.unread", { n: unread }) }, String(unread)) : h("span"),
      h("span.work-foot", {}, channelMark(item.channel), h("span.code", {}, item.number))));
}

function pastRow(item, chosen) {
  const open = () => desk.select(item.case_id);
  return h("li", {},
    h("button.work-item.past", { type: "button", onclick: open, "aria-current": chosen ? "true" : null },
      h("span.work-name", {}, item.customer_name || say("actor.customer")), h("span.code", {}, item.number)));
}

customElements.define("pb-work", Work);
