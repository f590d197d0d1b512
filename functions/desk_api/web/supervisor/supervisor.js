/** The supervisor page: now, the day, the files, the ledger. */

import { asked } from "../kit/address.js";
import { signOut, whenSignedOut } from "../kit/api.js";
import { h } from "../kit/dom.js";
import "./agents-view.js";
import { learnTerms } from "./explain.js";
import "./figures-view.js";
import "./ledger-view.js";
import "./live-view.js";
import "./notices-view.js";
import "./open-view.js";
import { openWords } from "./open-words.js";
import "./why-view.js";
import { enter, languagePicker, showLogin } from "../kit/entrance.js";
import { icon, mark } from "../kit/icons.js";
import { FIND, onFind } from "../kit/find-key.js";
import { sharedWords } from "../kit/shared-words.js";
import { supervisor } from "./supervisor-state.js";
import { supervisorWords } from "./supervisor-words.js";
import { whyWords } from "./why-words.js";
import { learn, prefer, say } from "../kit/words.js";

learn({ ...sharedWords, ...supervisorWords, ...openWords, ...whyWords });

const root = document.querySelector("#app");
const ALLOWED = new Set(["supervisor", "admin", "auditor"]);
const FINDS = new Set(["supervisor", "admin"]);
let picker, zone, heading, problem;

function show() {
  document.title = say("sup.title");
  const part = (tag) => document.createElement(tag);
  picker = h("input", { type: "date", value: supervisor.day, "aria-label": say("sup.day"), onchange: ({ target }) => supervisor.choose(target.value) });
  const today = h("button", { type: "button", onclick: () => supervisor.choose("") }, say("sup.today"));
  [heading, zone, problem] = [h("h2", {}, say("sup.day")), h("span.quiet.small", {}, say("sup.wait")), h("p.notice", { role: "alert", hidden: true })];
  const day = h("div.section-head", {}, heading, zone, h("span.spring"), today, picker);
  root.replaceChildren(bar(), problem, h("main.board", { id: "main" },
    part("pb-notices"), part("pb-live"), part("pb-open"), part("pb-why"), h("section", {}, day, part("pb-figures"), part("pb-agents")),
    part("pb-ledger"), part("pb-reports")));
  learnTerms();
  told();
  readAlong();
}

/** The panel is loaded when the first conversation is opened. */
async function readAlong() {
  if (!supervisor.looked || root.querySelector("pb-look")) return;
  await import("./look-view.js");
  if (supervisor.looked && !root.querySelector("pb-look")) root.append(document.createElement("pb-look"));
}

function bar() {
  const out = h("button.plain", { type: "button", onclick: signOut }, say("user.signout"));
  const name = h("span.own-name", { title: supervisor.agent?.name }, supervisor.agent?.name ?? "");
  const desk = h("a", { href: "/desk" }, say("user.desk"));
  const admin = supervisor.agent?.groups.some((one) => ["admin", "auditor"].includes(one)) && h("a", { href: "/admin" }, say("user.admin"));
  const wall = h("a", { href: "/wall" }, say("user.wall"));
  const find = supervisor.agent?.groups.some((one) => FINDS.has(one)) &&
    h("button.find-open", { type: "button", onclick: () => search(({ openSearch }) => openSearch()), "aria-keyshortcuts": FIND.aria, title: `${say("sup.find")} (${FIND.text})` },
      icon("find"), h("span", {}, say("sup.find")), h("kbd", { "aria-hidden": "true" }, FIND.text));
  return h("header.top", {}, h("h1.brand", {}, mark(), say("app.name")), find, desk, wall, admin, h("span.spring"), name, languagePicker(show), out);
}

/** The search is loaded when it is first asked for. */
const search = (then) => import("./search.js").then(then).catch(() => supervisor.fails("search", say("error.offline")));

function told() {
  const { figures, problem: sentence } = supervisor;
  problem.hidden = !sentence;
  problem.textContent = sentence ?? "";
  if (!figures) return;
  heading.textContent = say("sup.figures", { day: figures.day });
  zone.textContent = say("sup.zone", { zone: figures.zone });
  if (document.activeElement !== picker) picker.value = figures.day;
}

function opened(agent) {
  supervisor.agent = agent;
  prefer(agent.language);
  if (agent.groups.some((group) => ALLOWED.has(group))) {
    show();
    supervisor.start();
    if (asked().find) search(({ searchOfAddress }) => searchOfAddress());
    return undefined;
  }
  root.replaceChildren(bar(), h("main.board", { id: "main" }, h("p.empty", {}, say("sup.none"))));
}

whenSignedOut((why) => {
  supervisor.stop();
  const told = { ended: "error.401", elsewhere: "login.elsewhere", untold: "login.untold" };
  showLogin(root, "supervisor", opened, told[why] && say(told[why]), why === "ended");
});
supervisor.on("figures", () => heading && told());
supervisor.on("problem", () => heading && told());
supervisor.on("looked", () => heading && readAlong());
addEventListener("popstate", () => {
  if (!supervisor.agent) return;
  supervisor.fromAddress();
  supervisor.lookAgain();
  search(({ searchOfAddress }) => searchOfAddress());
});
onFind(() => supervisor.agent?.groups.some((one) => FINDS.has(one)), () => search(({ openSearch }) => openSearch()));
document.addEventListener("visibilitychange", () => document.hidden || (heading && supervisor.agent && supervisor.lookAgain()));
enter(root, "supervisor", opened);
