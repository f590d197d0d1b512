/** What is done to the chosen cases, how far it is, and which of them could not be done and why. */

import { h } from "../../kit/dom.js";
import { menu } from "../../kit/menu.js";
import { say } from "../../kit/words.js";
import { assign, close, snoozes, tag } from "./case-acts.js";
import { lists, MOST } from "./list-state.js";

export class BulkBar {
  constructor() {
    this.count = h("b");
    this.take = h("button.primary", { type: "button", onclick: () => this.#run("take") }, say("bulk.take"));
    this.does = h("button", { type: "button" }, say("bulk.do"));
    this.none = h("button.plain", { type: "button", onclick: () => lists.chooseAll(false) }, say("bulk.none"));
    this.doors = h("div.bulk-doors", {}, this.count, this.take, this.does, this.none);
    this.progress = h("progress", { max: 1, "aria-hidden": "true" });
    this.status = h("p.small", { role: "status" });
    this.failed = h("div.bulk-failed");
    this.node = h("section.bulk", { "aria-label": say("bulk.region") }, this.doors, this.progress, this.status, this.failed);
    menu(this.does, () => this.#acts());
  }

  /** The dialog that asks closes at once: how far it is stands here. */
  #run(act, values, key) {
    lists.act(act, values, key);
  }

  #acts() {
    const items = [...lists.chosen.values()];
    const run = (act, values, key) => this.#run(act, values, key);
    const wake = items.some((item) => item.state === "snoozed") ? [{ text: say("acts.wake"), icon: "talk", act: () => run("wake") }] : [];
    return [
      { text: say("acts.assign"), icon: "person", act: () => assign(items, run) },
      { text: say("acts.tag"), icon: "note", act: () => tag(items, run) },
      ...wake,
      ...snoozes(run),
      { text: say("acts.close"), icon: "done", act: () => close(items, run) },
    ];
  }

  render() {
    const { chosen, work } = lists;
    const n = chosen.size;
    this.node.hidden = !n && !work;
    this.doors.hidden = !n;
    this.count.textContent = say(n >= MOST ? "bulk.most" : "bulk.count", { n });
    this.take.hidden = ![...chosen.values()].some((item) => item.state === "waiting");
    for (const button of [this.take, this.does]) button.disabled = Boolean(work?.running);
    this.progress.hidden = !work?.running;
    this.status.textContent = work ? say(work.running ? "bulk.running" : "bulk.done", work) : "";
    if (work) this.progress.value = (work.done + work.failed.length) / Math.max(1, work.all);
    this.#showFailed(work);
  }

  #showFailed(work) {
    const failed = work && !work.running ? work.failed : [];
    const sign = JSON.stringify(failed.map(({ item, message }) => [item.case_id, message]));
    if (this.failed.dataset.sign === sign && Boolean(work) === this.failed.hasChildNodes()) return;
    this.failed.dataset.sign = sign;
    const shut = h("button.plain", { type: "button", onclick: () => ((lists.work = null), lists.announce("list")) }, say("bulk.close"));
    const lines = failed.map(({ item, message }) => h("li", {}, h("span.code", {}, item.number), " ", item.customer_name, ": ", message));
    this.failed.replaceChildren(...(failed.length ? [h("p.problem", {}, say("bulk.failed", { n: failed.length })), h("ul", {}, lines)] : []), ...(work && !work.running ? [shut] : []));
  }
}
