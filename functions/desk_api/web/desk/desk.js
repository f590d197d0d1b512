/** The desk page: sign in, then four parts that each listen to the desk's state. */

import { signOut, whenSignedOut } from "../kit/api.js";
import { desk } from "./desk-state.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { listenToKeys } from "./keys.js";
import { enter, showLogin } from "../kit/entrance.js";
import "./offers-view.js";
import { sharedWords } from "../kit/shared-words.js";
import "./top-bar.js";
import { learn, say } from "../kit/words.js";
import { deskWords } from "./words.js";
import "./work-view.js";

learn({ ...sharedWords, ...deskWords });

const root = document.querySelector("#app");

function show() {
  document.title = say("desk.title");
  const part = (tag) => document.createElement(tag);
  const pane = (name, key, tag) => h(`section.pane.pane-${name}`, { "aria-label": say(key), tabindex: "-1" }, part(tag));
  const [list, talk, card] = [pane("list", "work.title", "pb-work"), pane("talk", "talk.title", "pb-talk"), pane("card", "card.title", "pb-card")];
  const skip = h("a.skip", { href: "#main", onclick: (event) => (event.preventDefault(), talk.focus()) }, say("app.skip"));
  const bar = part("pb-top");
  bar.relabel = show;
  talk.firstChild.append(nothingOpen());
  root.replaceChildren(skip, h("div.desk", {}, bar, part("pb-notice"),
    // Whichever pane is shown where only one fits, it is the main part.
    h("main", { id: "main" }, part("pb-offers"), list, talk, card)));
}

/** What stands in the middle before a conversation is opened; its own part takes its place. */
const nothingOpen = () =>
  h("div.talk-empty", {}, icon("talk"), h("p", {}, say("talk.empty")), h("p.quiet", {}, say("talk.empty.more")));

/** The conversation and the card are loaded with the first one that is opened, or while somebody rings. */
function conversation() {
  if (!desk.selected && !desk.offers.live.length) return;
  import("./conversation.js");
}

const ANSWERS = new Set(["agent", "expert"]);

/** The desk is for those who answer customers; others are told where to go. */
function elsewhere() {
  const out = h("button", { type: "button", onclick: signOut }, say("user.signout"));
  const there = h("a", { href: "/supervisor" }, say("user.supervisor"));
  root.replaceChildren(h("main.login", { id: "main" }, h("div.login-card", {}, h("p", {}, say("desk.none")), there, out)));
}

async function opened(agent) {
  if (!agent.groups.some((group) => ANSWERS.has(group))) return elsewhere();
  await desk.attempt(() => desk.start(agent.id));
  show();
  takeUpAddress();
  told((one) => one.start());
  if (location.search.includes("find=")) search(({ searchOfAddress }) => searchOfAddress());
}

/** What the agent is told of beside the talk is not needed for the first sight of the desk. */
function told(then) {
  import("./told/bell.js").then((module) => then(module.told)).catch(() => {});
}

/**
 * #<case id>.<customer id> in the address: a reload comes back to it, "back" on a narrow screen leads to the list,
 * and whoever is sent it reads a case that is not theirs.
 */
function takeUpAddress() {
  const [wanted, customer] = location.hash.slice(1).split(".");
  if (wanted && customer && !desk.item(wanted)) return desk.visit(wanted, customer);
  desk.select(desk.item(wanted) ? wanted : null);
}

/** The search is loaded when it is first asked for. */
const search = (then) => import("./search.js").then(then, () => desk.tell(say("error.offline")));

function noteAddress() {
  const wanted = desk.current ? `#${desk.current.case_id}.${desk.current.customer_id}` : "";
  if (desk.agent && location.hash !== wanted) history.pushState(null, "", wanted || location.pathname + location.search);
  document.body.dataset.pane = desk.selected ? "talk" : "list";
}

whenSignedOut((why) => {
  desk.stop(why === "ended");
  told((one) => one.stop());
  showLogin(root, "desk", opened, why && say(`login.${why}`), why === "ended");
});
desk.on("selected", noteAddress);
desk.on("selected", conversation);
desk.on("offers", conversation);
addEventListener("popstate", () => {
  takeUpAddress();
  search(({ searchOfAddress }) => searchOfAddress());
});
document.addEventListener("visibilitychange", () => document.hidden || (desk.agent && desk.refresh().catch(() => {})));
document.body.dataset.pane = "list";
listenToKeys();
desk.on("search", () => search(({ openSearch }) => openSearch()));
enter(root, "desk", opened);
