/** What narrows and orders a list, and the views an agent has saved of it. */

import { channelWord, knownChannels } from "../../kit/channels.js";
import { ask } from "../../kit/dialog.js";
import { h } from "../../kit/dom.js";
import { queueName, queueNames } from "../../kit/labels.js";
import { menu } from "../../kit/menu.js";
import { toast } from "../../kit/toast.js";
import { say, sayOr } from "../../kit/words.js";
import { call } from "../../kit/api.js";
import { desk } from "../desk-state.js";
import { tagName } from "../entry-view.js";
import { tagsOf } from "./case-acts.js";
import { FIELDS, lists, NAMES } from "./list-state.js";

const STATES = ["waiting", "offered", "owned", "snoozed", "later"];
const SORTS = ["", "age", "newest", "last", "priority", "number"];
const MOST_VIEWS = 30;
// What says nothing in a list: all of it waits, is the agent's own, or sleeps.
const WITHOUT = { waiting: ["owner", "state"], snoozed: ["owner", "state"], mentions: ["owner"], followed: [] };

export class Filters {
  constructor() {
    this.fields = Object.fromEntries(FIELDS.map((field) => [field, h("select", { onchange: ({ target }) => lists.narrow(field, target.value) })]));
    this.labels = FIELDS.map((field) => h("label", { "data-field": field }, h("span", {}, say(`list.${field}`)), this.fields[field]));
    this.clear = h("button.plain", { type: "button", onclick: () => lists.turn(lists.name) }, say("list.clear"));
    this.count = h("span.badge");
    const views = h("button.plain", { type: "button" }, say("views.button"));
    menu(views, () => this.#views());
    this.box = h("details.list-filters", {}, h("summary", {}, say("list.filters"), " ", this.count), h("div.list-fields", {}, this.labels), this.clear);
    this.node = h("div.list-tools", {}, this.box, views);
  }

  render() {
    const { name, which } = lists;
    const options = {
      queue: queueNames().map((queue) => [queue, queueName(queue)]),
      channel: knownChannels().map((channel) => [channel, channelWord(channel)]),
      owner: [["me", say("list.me")], ["nobody", say("list.nobody")]],
      state: STATES.map((state) => [state, sayOr(`state.${state}`, state)]),
      tag: tagsOf().map(({ code }) => [code, tagName(code, desk)]),
      sort: SORTS.map((sort) => [sort, say(`sort.${sort || "usual"}`)]),
    };
    for (const label of this.labels) {
      const { field } = label.dataset;
      label.hidden = (WITHOUT[name] ?? []).includes(field) || (field === "tag" && !options.tag.length);
      fill(this.fields[field], field === "sort" ? options.sort : [["", say("list.all")], ...options[field]], which[field] ?? "");
    }
    const n = Object.keys(which).length;
    this.count.hidden = this.clear.hidden = !n;
    this.count.textContent = String(n);
  }

  #views() {
    const views = desk.setUp?.views ?? [];
    const open = ({ query }) => {
      const { list = "", ...which } = Object.fromEntries(new URLSearchParams(query));
      lists.turn(NAMES.includes(list) ? list : "", which);
    };
    const full = views.length >= MOST_VIEWS;
    return [
      ...views.map((view) => ({ text: view.name, icon: "check", act: () => open(view) })),
      { text: say("views.save"), icon: "note", act: saveView, disabled: full, why: say("views.full") },
      ...views.map((view) => ({ text: say("views.remove", { name: view.name }), icon: "warn", act: () => removeView(view) })),
    ];
  }
}

function fill(select, options, value) {
  const sign = JSON.stringify(options);
  if (select.dataset.sign !== sign) select.replaceChildren(...options.map(([code, text]) => h("option", { value: code }, text)));
  select.dataset.sign = sign;
  select.value = value;
}

function saveView() {
  const { query } = lists;
  const field = h("label.field", {}, h("span", {}, say("views.name")), h("input", { name: "name", required: true, maxlength: 60, autocomplete: "off" }));
  ask(say("views.title"), say("views.submit"), field, async ({ name }) => {
    const others = (desk.setUp?.views ?? []).filter((view) => view.name !== name.trim());
    await keep([...others, { name: name.trim(), query }]);
    toast(say("views.saved", { name: name.trim() }));
  });
}

const removeView = (view) => desk.attempt(async () => {
  await keep(desk.setUp.views.filter((one) => one.name !== view.name));
  toast(say("views.removed", { name: view.name }));
});

/** With the version that was looked at: another window that was faster is not overwritten. */
async function keep(views) {
  desk.setUp = (await call("PUT", "/me/desk", { views, version: desk.setUp?.version ?? 0 })).desk;
  desk.announce("told");
}
