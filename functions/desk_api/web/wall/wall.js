/** The wallboard: the centre in figures that are read across a room, without anything of a customer's or an agent's. */

import { get, whenSignedOut } from "../kit/api.js";
import { h } from "../kit/dom.js";
import { enter, languagePicker, showLogin } from "../kit/entrance.js";
import { sharedWords } from "../kit/shared-words.js";
import { clock, showZone, stamp } from "../kit/times.js";
import { learn, prefer, say } from "../kit/words.js";
import { scheme, useScheme } from "./scheme.js";
import { board } from "./wall-view.js";
import { wallWords } from "./wall-words.js";

learn({ ...sharedWords, ...wallWords });

const EVERY = 10_000;
const ALLOWED = new Set(["supervisor", "admin"]);
const root = document.querySelector("#app");
let place, status, timer;
let seen = null;
let lost = "";

function show() {
  document.title = say("wall.title");
  status = h("p.wall-status", { role: "status" });
  place = h("div.wall-board");
  root.replaceChildren(h("main.wall", { id: "main" }, h("h1.unseen", {}, say("wall.title")), place, h("footer.wall-foot", {}, status, doors())));
  draw();
}

function doors() {
  const other = scheme() === "dark" ? "light" : "dark";
  const colours = h("button.plain", { type: "button", onclick: () => (useScheme(other), show()) }, say(`wall.${other}`));
  const full = h("button.plain", { type: "button", onclick: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()) }, say("wall.full"));
  const away = h("a", { href: "/supervisor" }, say("user.supervisor"));
  return h("div.wall-doors", {}, languagePicker(show), colours, document.fullscreenEnabled && full, away);
}

/** What was seen last stays on the wall while the line is down, and the wall says since when. */
function draw() {
  status.dataset.lost = String(Boolean(lost));
  if (lost) status.textContent = seen ? say("wall.lost", { time: stamp(seen.at) }) : say("wall.never");
  else status.textContent = seen ? say("wall.fresh", { time: clock(seen.at), zone: seen.wall.zone }) : say("wall.wait");
  if (seen) place.replaceChildren(...board(seen.wall));
}

async function look() {
  clearTimeout(timer);
  try {
    const wall = await get("/wall");
    showZone(wall.zone);
    seen = { wall, at: new Date().toISOString() };
    lost = "";
  } catch (failure) {
    if (failure.status === 401) return;
    lost = failure.sentence;
  }
  timer = setTimeout(look, EVERY);
  if (place?.isConnected) draw();
}

function opened(agent) {
  prefer(agent.language);
  if (agent.groups.some((group) => ALLOWED.has(group))) {
    show();
    return look();
  }
  root.replaceChildren(h("main.wall", { id: "main" }, h("h1.unseen", {}, say("wall.title")), h("p.empty", {}, say("wall.none")), h("a", { href: "/desk" }, say("user.desk"))));
}

useScheme();
whenSignedOut((why) => {
  clearTimeout(timer);
  const told = { ended: "error.401", elsewhere: "login.elsewhere", untold: "login.untold" };
  showLogin(root, "wall", opened, told[why] && say(told[why]), why === "ended");
});
enter(root, "wall", opened);
