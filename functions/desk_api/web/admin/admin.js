/** The admin page: the settings about routing as forms, checked and compared before they are saved. */

import { signOut, whenSignedOut } from "../kit/api.js";
import { ask } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { enter, languagePicker, showLogin } from "../kit/entrance.js";
import { mark } from "../kit/icons.js";
import { sharedWords } from "../kit/shared-words.js";
import { learn, prefer, say } from "../kit/words.js";
import { settings } from "./admin-state.js";
import { fieldWords } from "./field-words.js";
import { adminWords } from "./admin-words.js";
import { channelsPart } from "./channels-view.js";
import { deskForm } from "./desk-forms.js";
import { deskWords } from "./desk-words.js";
import { callsForm, centreForm } from "./forms.js";
import { changeList } from "./history-view.js";
import { Items } from "./items-view.js";
import { showMarks } from "./marks.js";
import { SECTIONS } from "./sections.js";

learn({ ...sharedWords, ...adminWords, ...deskWords, ...fieldWords });

const root = document.querySelector("#app");
const PLACES = [...SECTIONS.map((one) => one.key), "desk", "calls", "hours", "channels", "history"];
let agent, views, note, parts;

function show() {
  document.title = say("admin.title");
  note = h("p.notice", { role: "status", hidden: !settings.reading }, settings.reading && say("admin.reading"));
  parts = h("div.parts");
  const nav = h("nav.places", { "aria-label": say("admin.places") }, PLACES.map((key) => h("a", { href: `#${key}` }, say(`part.${key}`))));
  root.replaceChildren(bar(), h("div.page", {}, nav, h("main", { id: "main" }, note, parts)));
  fill();
}

function bar() {
  const out = h("button.plain", { type: "button", onclick: signOut }, say("user.signout"));
  const review = h("button.primary", { type: "button", hidden: !settings.draft || settings.reading, onclick: ({ target }) => check(target) }, say("admin.review"));
  const there = h("a", { href: "/supervisor" }, say("user.supervisor"));
  return h("header.top", {}, h("h1.brand", {}, mark(), say("app.name")), there, h("span.spring"), h("span.own-name", { title: agent?.name }, agent?.name ?? ""), languagePicker(spoken), out, review);
}

function spoken() {
  show();
  if (settings.draft) settings.loadHistory().catch(told);
}

function fill() {
  if (!settings.draft) return parts.replaceChildren(h("p.empty", { role: "status" }, say("admin.wait")));
  views = SECTIONS.map((section) => new Items(section));
  const { centre } = settings.draft;
  const plain = [plainPart("desk", deskForm(centre)), plainPart("calls", callsForm(centre)), plainPart("hours", centreForm(centre))];
  const history = Object.assign(document.createElement("pb-history"), { id: "history", className: "part" });
  parts.replaceChildren(...views.map((view) => view.node), ...plain, channelsPart(), history);
}

/** A part of the page that is one form. */
function plainPart(key, fields) {
  return h("section.part", { id: key, "data-path": key, "aria-labelledby": `h-${key}` }, h("h2", { id: `h-${key}` }, say(`part.${key}`)),
    h("p.quiet.small", {}, say(`about.${key}`)), h("p.problem"), h("fieldset.fields", { disabled: settings.reading }, fields));
}

async function check(button) {
  note.hidden = button.disabled = true;
  try {
    const { problems, differences, meanwhile, n } = await settings.check();
    if (meanwhile.length) stale(meanwhile);
    else if (problems.length) told({ sentence: say("admin.wrong", { n: problems.length }) });
    else if (differences.length) ask(say("admin.changes"), say("admin.save"), changeList(differences), () => save(), { cancel: say("admin.back") });
    else told({ sentence: say("admin.same", { n }) }, true);
  } catch (failure) {
    told(failure);
  }
  button.disabled = false;
}

async function save() {
  try {
    saved(await settings.save());
  } catch (failure) {
    // Somebody else was faster while this was being read: what they changed, and the way to load it.
    if (failure.code === "stale_settings") return stale(failure.fields.meanwhile);
    settings.mark(failure.fields?.problems ?? []);
    throw failure;
  }
}

function stale(lines) {
  ask(say("admin.stale"), say("admin.newest"), changeList(lines), () => settings.load(), { lead: say("admin.stale.what"), cancel: say("admin.back") });
}

const saved = (n) => told({ sentence: say("admin.saved", { n }) }, true);

/** A sentence that stays in sight: of what went well, or of what did not. */
function told({ sentence, status }, well = false) {
  if (status === 401) return;
  note.textContent = sentence;
  note.classList.toggle("well", well);
  note.hidden = false;
}

function openAt(path) {
  const [key, place] = path.split(".");
  views.find((view) => view.section.key === key)?.open(Number(place));
}

function opened(who) {
  const again = agent?.id === who.id && settings.touched;
  if (!again) settings.draft = null;
  agent = who;
  prefer(who.language);
  settings.reading = !who.groups.includes("admin");
  if (settings.reading && !who.groups.includes("auditor")) {
    return root.replaceChildren(bar(), h("main.page", { id: "main" }, h("p.empty", {}, say("admin.none"))));
  }
  show();
  // Whose session merely ended goes on with what they had changed.
  if (!again) settings.load().catch(told);
}

whenSignedOut((why) => {
  if (why !== "ended") settings.draft = null;
  const words = { ended: "error.401", elsewhere: "login.elsewhere", untold: "login.untold" };
  showLogin(root, "admin", opened, words[why] && say(words[why]), why === "ended");
});
settings.on("draft", () => agent && settings.draft && show());
settings.on("names", () => views?.forEach((view) => view.refresh()));
settings.on("marks", () => {
  const left = views ? showMarks(parts, settings.problems, openAt) : [];
  if (left.length) told({ sentence: left.map((one) => one.message).join(" ") });
});
document.addEventListener("saved", ({ detail }) => saved(detail));
window.addEventListener("beforeunload", (event) => settings.touched && event.preventDefault());
enter(root, "admin", opened);
