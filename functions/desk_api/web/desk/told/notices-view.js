/** What the bell opens: what the agent was told, and how the cases that they follow stand. */

import { channelMark } from "../../kit/channels.js";
import { living } from "../../kit/ages.js";
import { desk } from "../desk-state.js";
import { h, reconcile } from "../../kit/dom.js";
import { floatBeside } from "../../kit/floating.js";
import { icon } from "../../kit/icons.js";
import { stamp } from "../../kit/times.js";
import { say, sayOr } from "../../kit/words.js";
import { titleOf, told } from "./told.js";

const ICONS = { mention: "note", asked: "note", assigned: "person", stepped_in: "person", reassigned: "person", abuse: "warn" };

export function showNotices(button) {
  const notices = h("ul.told-list");
  const followed = h("ul.told-list");
  const none = h("p.quiet.small", {}, say("notices.none"));
  const empty = h("p.quiet.small", {}, say("follow.none"));
  const all = h("button.plain", { type: "button", onclick: readAll }, say("notices.all"));
  const panel = h("div.popup.told-panel", { popover: "auto", role: "dialog", "aria-label": say("notices.title") },
    h("div.told-head", {}, h("h2", {}, say("notices.title")), all), none, notices,
    h("div.told-head", {}, h("h2", {}, say("follow.title"))), empty, followed);
  const stop = desk.on("told", draw);
  const place = () => floatBeside(panel, button);
  addEventListener("resize", place);
  panel.addEventListener("toggle", ({ newState }) => {
    button.setAttribute("aria-expanded", String(newState === "open"));
    if (newState === "open") return;
    stop();
    removeEventListener("resize", place);
    panel.remove();
  });
  draw();
  place();
  (panel.querySelector("li button") ?? panel.querySelector("button:not([hidden])") ?? panel).focus();

  function draw() {
    none.hidden = told.notices.length > 0;
    all.hidden = !told.notices.length;
    empty.hidden = desk.followed.length > 0;
    reconcile(notices, told.notices.map((one) => ({ key: one.id, sign: JSON.stringify(one), make: () => noticeRow(one, close) })));
    reconcile(followed, desk.followed.map((one) => {
      const unread = told.looked.unread(one);
      return { key: one.case_id, sign: JSON.stringify([one, unread]), make: () => followRow(one, unread, close) };
    }));
  }

  function close() {
    panel.hidePopover();
  }

  function readAll() {
    told.seen(desk.notices[0].at);
    close();
    button.focus();
  }
}

function noticeRow(one, close) {
  const open = () => (close(), told.openNotice(one));
  return h("li", {}, h("button.told-row", { type: "button", onclick: open },
    icon(ICONS[one.what] ?? "dot"), h("span.told-what", {}, titleOf(one)), living("time.quiet.small", one.at, stamp),
    h("span.told-text.quiet.small", {}, [one.customer_name, one.text].filter(Boolean).join(" · "))));
}

function followRow(one, unread, close) {
  const open = () => (close(), told.open("followed", one));
  const state = one.owner_name && one.state === "owned" ? say("state.with", { agent: one.owner_name }) : sayOr(`state.${one.state}`, one.state);
  return h("li.told-follow", {},
    h("button.told-row", { type: "button", onclick: open },
      one.channel ? channelMark(one.channel) : icon("done"),
      h("span.told-what", {}, one.customer_name || say("actor.customer"), " ", h("span.code", {}, one.number)),
      one.last_at ? living("time.quiet.small", one.last_at, stamp) : h("span"),
      h("span.told-text.quiet.small", {}, state, unread && h("b.told-new", {}, ` · ${say("follow.new")}`))),
    h("button.plain", { type: "button", onclick: () => told.follow(one, false), "aria-label": say("follow.stop.of", { number: one.number }) }, say("follow.stop")));
}
