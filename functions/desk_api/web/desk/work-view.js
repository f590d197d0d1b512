/** The agent's cases: newest word first, unread counted, one press away. */

import { desk } from "./desk-state.js";
import { h, reconcile } from "../kit/dom.js";
import { counted } from "../kit/counts.js";
import { channelMark } from "../kit/channels.js";
import { living } from "../kit/ages.js";
import { age, brief, serverNow } from "../kit/times.js";
import { DONE } from "./keys.js";
import { LongList } from "../kit/long-list.js";
import { View } from "../kit/view.js";
import { say } from "../kit/words.js";

const SOON = 2000;
const LISTS = ["", "waiting", "open", "mentions", "followed", "snoozed"];

class Work extends View {
  source = desk;
  topics = ["work", "selected", "me", "card", "told"];

  build() {
    this.className = "work";
    this.list = h("ul.work-list");
    this.long = new LongList(this.list, () => this.closest(".pane"));
    this.empty = h("p.empty", {}, say("work.empty"));
    this.past = h("ul.work-list");
    this.pastTitle = h("h2", {}, say("work.closed"));
    this.wraps = h("ul.work-list.wraps");
    this.wrapsTitle = h("h2", {}, say("wrap.title"));
    this.consults = h("ul.work-list");
    this.consultsTitle = h("h2", {}, say("hand.consults"));
    this.ticker = setInterval(() => this.#tick(), 500);
    this.switch = h("nav.list-switch", { "aria-label": say("lists.title") }, LISTS.map((name) => this.#door(name)));
    this.mine = h("div", {}, this.wrapsTitle, this.wraps, this.consultsTitle, this.consults, h("h2", {}, say("work.title")), this.list, this.empty, this.pastTitle, this.past);
    this.other = h("div", { hidden: true });
    this.replaceChildren(this.switch, this.mine, this.other);
    addEventListener("popstate", this.follow);
    this.follow();
  }

  leave() {
    clearInterval(this.ticker);
    removeEventListener("popstate", this.follow);
    this.long.leave();
  }

  #door(name) {
    return h("button", { type: "button", "data-list": name, onclick: () => this.#turn(name) }, h("span", {}, say(`lists.${name || "mine"}`)), h("span.list-count"));
  }

  async #turn(name) {
    const loaded = await this.#load();
    loaded?.turn(name);
  }

  /** The other lists are loaded when the first of them is looked at. */
  async #load() {
    try {
      const { lists } = await import("./lists/list-view.js");
      this.stopList ??= lists.on("list", () => this.#show(lists));
      return lists;
    } catch {
      desk.tell(say("error.offline"));
    }
  }

  /** The address says which list it is: after a reload, and "back". */
  follow = async () => {
    if (this.stopList || new URLSearchParams(location.search).get("list")) (await this.#load())?.takeUpAddress();
  };

  #show({ name }) {
    this.mine.hidden = Boolean(name);
    this.other.hidden = !name;
    this.named = name;
    if (name && !this.other.hasChildNodes()) this.other.append(document.createElement("pb-list"));
    if (!name) this.other.replaceChildren();
    this.#showCounts();
  }

  #showCounts() {
    const waiting = Object.values(desk.waiting).reduce((sum, n) => sum + n, 0);
    const counts = { "": desk.cases.work.length, waiting, mentions: desk.notices?.length, followed: desk.followed?.length };
    for (const door of this.switch.children) {
      const n = counts[door.dataset.list];
      door.lastChild.textContent = n ? counted(n) : "";
      if (door.dataset.list === (this.named ?? "")) door.setAttribute("aria-current", "true");
      else door.removeAttribute("aria-current");
    }
  }

  render() {
    this.#showCounts();
    this.#showWraps();
    this.#showConsults();
    const items = desk.cases.ordered;
    this.long.show(items.map((item) => {
      const unread = desk.unread(item);
      const chosen = item.case_id === desk.selected;
      return { key: item.case_id, sign: () => JSON.stringify([item, unread, chosen]), make: () => row(item, unread, chosen) };
    }));
    const past = desk.cases.others;
    this.pastTitle.hidden = !past.length;
    reconcile(this.past, past.map((item) => {
      const chosen = item.case_id === desk.selected;
      const words = stateWords(desk.standing(item));
      return { key: item.case_id, sign: JSON.stringify([item, chosen, words]), make: () => pastRow(item, chosen, words) };
    }));
    this.empty.hidden = items.length > 0;
  }

  #showWraps() {
    this.wrapsTitle.hidden = !desk.wrapping.length;
    reconcile(this.wraps, desk.wrapping.map((wrap, place) => ({
      key: wrap.case_id, sign: `${place === 0} ${JSON.stringify(wrap)}`, make: () => wrapCard(wrap, place === 0),
    })));
    this.#tick();
  }

  #showConsults() {
    const { consults } = desk.cases;
    this.consultsTitle.hidden = !consults.length;
    reconcile(this.consults, consults.map((item) => {
      const chosen = item.case_id === desk.selected;
      return { key: item.case_id, sign: JSON.stringify([item, chosen]), make: () => pastRow(item, chosen, say("hand.advises")) };
    }));
  }

  /** When the time is over the centre ends it by itself; the desk asks a moment later. */
  #tick() {
    for (const card of this.wraps.children) {
      const [since, until] = [Date.parse(card.wrap.since), Date.parse(card.wrap.until)];
      const left = Math.max(0, until - serverNow());
      card.querySelector("progress").value = left / Math.max(1, until - since);
      card.querySelector(".wrap-left").textContent = say("offer.left", { seconds: Math.ceil(left / 1000) });
      if (!left && !card.asked) {
        card.asked = true;
        setTimeout(() => desk.refresh().catch(() => {}), SOON);
      }
    }
  }
}

/** Work after a contact: how long it may take still, and the button that ends it. */
function wrapCard(wrap, first) {
  const done = h("button", { type: "button", onclick: () => desk.handing.wrapped(wrap), "aria-keyshortcuts": first ? DONE.aria : null },
    say("wrap.done"), first && h("kbd", { "aria-hidden": "true" }, DONE.text));
  const card = h("li.wrap", {},
    h("span.work-name", {}, wrap.customer_name || say("actor.customer")), h("span.wrap-left"),
    h("span.work-foot", {}, channelMark(wrap.channel), h("span.code", {}, wrap.number)), done,
    h("progress.offer-clock", { max: 1, "aria-hidden": "true" }));
  card.wrap = wrap;
  return card;
}

/** Who said the newest line, where it was not the customer. */
function speaker({ last_from: from = "" }) {
  if (from === `agent:${desk.agent?.id}`) return say("work.you");
  if (from === "system") return say("work.automatic");
  return from.startsWith("agent:") || from === "elsewhere" ? say("work.colleague") : "";
}

function row(item, unread, chosen) {
  const open = () => desk.select(item.case_id);
  return h("li", {},
    h("button.work-item", { type: "button", onclick: open, "aria-current": chosen ? "true" : null },
      h("span.work-name", {}, item.customer_name || say("actor.customer")),
      living("time.work-time", item.last_at, brief),
      h("span.work-text", {}, speaker(item) + (item.last_text || (item.call ? say("work.call") : item.last_at ? say("work.file") : ""))),
      unread ? h("span.badge", { "aria-label": say("work.unread", { n: counted(unread) }) }, counted(unread)) : h("span"),
      h("span.work-foot", {}, channelMark(item.channel), item.waiting_since && living("time.work-wait", item.waiting_since, waits),
        h("span.code", {}, item.number))));
}

const waits = (since) => say("work.waits", { time: age(since) });

function pastRow(item, chosen, words) {
  const open = () => desk.select(item.case_id);
  return h("li", {},
    h("button.work-item.past", { type: "button", onclick: open, "aria-current": chosen ? "true" : null },
      h("span.work-name", {}, item.customer_name || say("actor.customer")), h("span.code", {}, item.number),
      words && h("span.work-state", {}, words)));
}

/** "" while it is not known yet. */
function stateWords({ is, agent }) {
  if (is === "colleague" && agent) return say("state.with", { agent });
  const states = { colleague: "owned", asked: "offered", offered: "offered", waiting: "waiting", later: "later", snoozed: "snoozed", closed: "closed" };
  return states[is] ? say(`state.${states[is]}`) : "";
}

customElements.define("pb-work", Work);
