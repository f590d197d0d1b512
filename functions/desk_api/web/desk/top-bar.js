/** The bar above: presence with the routing status that follows from it, room left, who waits, the live line. */

import { signOut } from "../kit/api.js";
import { callsOn } from "../kit/channels.js";
import { desk } from "./desk-state.js";
import { h } from "../kit/dom.js";
import { counted } from "../kit/counts.js";
import { icon, mark } from "../kit/icons.js";
import { FIND } from "../kit/find-key.js";
import { myPhone, showKeys } from "./keys.js";
import { reasonOf } from "../kit/labels.js";
import { languagePicker } from "../kit/entrance.js";
import { explainedLater, View } from "../kit/view.js";
import { say, sayOr } from "../kit/words.js";

const PRESENCES = ["available", "break", "meal", "training", "offline"];
const MISSED = "not_responding";
const OTHER = "aux";
const ABOVE = new Set(["supervisor", "admin", "auditor"]);

class TopBar extends View {
  source = desk;
  topics = ["me", "link"];

  build() {
    this.className = "top";
    this.setAttribute("role", "banner");
    this.presence = h("select", { onchange: ({ target }) => desk.setPresence(...target.value.split(":")), "aria-label": say("presence.label") },
      PRESENCES.map((value) => h("option", { value }, say(`presence.${value}`))),
      // Shown, never chosen: from here every choice is a change, also that of the presence set before.
      h("option", { value: MISSED, disabled: true, hidden: true }, say(`routing.${MISSED}`)));
    this.dot = h("span.dot", { "aria-hidden": "true" });
    this.routing = h("span.routing", { role: "status" });
    this.capacity = h("button.plain.capacity", { type: "button" });
    explainedLater(this.capacity, () => roomWords(desk.agent?.capacity?.shares ?? []));
    this.waiting = h("span.waiting");
    this.link = h("span.link", { role: "status" });
    this.name = h("span.own-name");
    this.person = h("summary.person", { title: say("user.menu") }, icon("person"), this.name);
    this.replaceChildren(
      h("h1.brand", {}, mark(), h("b", {}, say("app.name"))),
      h("label.presence", {}, this.dot, this.presence), this.routing, this.capacity, this.waiting,
      h("span.spring"),
      h("button.find-open", { type: "button", onclick: () => desk.announce("search"), "aria-keyshortcuts": FIND.aria, title: `${say("search.open")} (${FIND.text})` },
        icon("find"), h("span", {}, say("search.open")), h("kbd", { "aria-hidden": "true" }, FIND.text)),
      this.link, document.createElement("pb-bell"), this.#menu());
  }

  #menu() {
    this.called = h("b.called");
    const links = h("div.menu-links");
    this.links = links;
    const button = (key, action) => h("button.plain", { type: "button", onclick: action }, say(key));
    this.phone = button("mine.menu", myPhone);
    const menu = h("details.menu", {}, this.person,
      h("div.menu-body", {}, this.called, links, languagePicker(this.relabel),
        button("switches.title", () => import("./told/switches-view.js").then(({ showSwitches }) => showSwitches())), this.phone, button("keys.title", showKeys),
        button("user.signout", signOut)));
    menu.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
    });
    menu.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      menu.open = false;
      this.person.focus();
    });
    return menu;
  }

  render() {
    const { agent, live, waiting } = desk;
    if (!agent) return;
    this.#showReasons();
    this.dot.dataset.presence = desk.presence;
    this.presence.value = desk.presence === OTHER ? `${OTHER}:${agent.reason}` : desk.presence;
    this.routing.textContent = sayOr(`routing.${agent.routing_status}`, agent.routing_status);
    this.routing.dataset.status = agent.routing_status;
    this.routing.hidden = desk.presence === MISSED;
    this.#showCapacity(agent.capacity?.shares ?? []);
    const count = Object.values(waiting).reduce((sum, n) => sum + n, 0);
    this.waiting.textContent = say("waiting.label", { n: counted(count) });
    this.waiting.dataset.some = count > 0;
    this.link.textContent = say(live.open ? "link.open" : "link.closed");
    this.link.title = live.open ? "" : say("link.closed.long");
    this.link.dataset.open = live.open;
    this.phone.hidden = !callsOn();
    this.name.textContent = this.called.textContent = agent.name;
    const above = agent.groups?.some((group) => ABOVE.has(group));
    this.links.replaceChildren(...(above ? [h("a", { href: "/supervisor" }, say("user.supervisor"))] : []));
  }

  /** The centre's own reasons, before Offline; they are known with the first answer. */
  #showReasons() {
    const sign = JSON.stringify(desk.aux);
    if (this.presence.dataset.reasons === sign) return;
    this.presence.dataset.reasons = sign;
    for (const old of this.presence.querySelectorAll(`[value^="${OTHER}:"]`)) old.remove();
    const option = (one) => h("option", { value: `${OTHER}:${one.code}` }, reasonOf(desk.aux, one.code));
    this.presence.querySelector("[value=offline]").before(...desk.aux.map(option));
  }

  /** What the agent has of how many; while they have nothing, of what most fits. */
  #showCapacity(shares) {
    const held = shares.filter(({ used }) => used);
    const most = shares.toSorted((a, b) => b.most - a.most).slice(0, 1);
    const chats = shares.filter(({ kind }) => kind === "chats");
    const told = held.length ? held : chats.length ? chats : most;
    this.capacity.hidden = !told.length;
    this.capacity.textContent = told.map(({ kind, used, most: of }) => say(`capacity.${kind}`, { used, most: of })).join(" · ");
  }
}

/** The sentence beside it: what they have, and what else fits. */
function roomWords(shares) {
  const list = (kinds, n) => kinds.map((one) => say(`capacity.free.${one.kind}`, { n: n(one) })).join(", ");
  const held = list(shares.filter(({ used }) => used), ({ used }) => used);
  const free = list(shares.filter(({ used, most }) => most > used), ({ used, most }) => most - used);
  return say(held ? (free ? "capacity.more" : "capacity.full") : "capacity.none", { held, free });
}

/** One line for what just went wrong or well. It lies over the page: nothing moves under the pointer. */
class Notice extends View {
  source = desk;
  topics = ["notice"];

  build() {
    this.className = "notice";
    this.setAttribute("role", "alert");
  }

  render() {
    const { notice } = desk;
    this.hidden = !notice;
    if (!notice) return this.replaceChildren();
    this.dataset.tone = notice.tone;
    const close = h("button.plain", { type: "button", onclick: () => desk.tell("") }, say("desk.close"));
    this.replaceChildren(h("span", {}, notice.sentence), close);
    clearTimeout(this.timer);
    if (notice.tone === "good") this.timer = setTimeout(() => desk.tell(""), 6000);
  }
}

customElements.define("pb-top", TopBar);
customElements.define("pb-notice", Notice);
