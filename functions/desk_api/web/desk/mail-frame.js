/**
 * A mail as its sender made it, in a frame that runs no script and has no origin. The page's own policy holds in it,
 * so nothing is loaded but our style sheet, pictures that came along (from the bucket), and those that were asked for.
 */

import { get, post } from "../kit/api.js";
import { h } from "../kit/dom.js";
import { say } from "../kit/words.js";
import { link } from "./file-view.js";

const SHEET = "/assets/desk/desk/mail.css";
const SANDBOX = "allow-popups allow-popups-to-escape-sandbox"; // its links open in a tab of their own
const MOST = 60; // as shared/domain/channel/held.py

export function mailFrame(entry) {
  const state = h("p.quiet.small", { role: "status" }, say("mail.loading"));
  const box = h("div.mail-form", {}, state);
  show(entry, box, state).catch((failure) => (state.textContent = failure.sentence ?? say("mail.notloaded")));
  return box;
}

async function show(entry, box, state) {
  const { html } = await get(pathOf(entry, "body"));
  const page = new DOMParser().parseFromString(html, "text/html"); // runs nothing and loads nothing
  const frame = h("iframe.mail-frame", { sandbox: SANDBOX, referrerpolicy: "no-referrer", title: say("mail.frame", { subject: entry.mail.subject }) });
  for (const anchor of page.querySelectorAll("a[href]")) anchor.target = "_blank";
  await bringAlong(entry, page);
  const held = [...page.querySelectorAll("img[data-held]")].slice(0, MOST);
  const ask = h("button", { type: "button", onclick: () => fetchHeld(entry, page, frame, held, ask, state) }, say("mail.held.show", { n: held.length }));
  state.textContent = held.length ? say("mail.held") : "";
  write(frame, page);
  box.replaceChildren(state, ...(held.length ? [ask] : []), frame);
}

/** Pictures that came with the mail are files of it. */
async function bringAlong(entry, page) {
  for (const picture of page.querySelectorAll('img[src^="cid:" i]')) {
    const names = namesIn(picture.getAttribute("src"));
    const file = entry.files?.find(({ cid, shown_as }) => cid && shown_as === "picture" && names.includes(cid));
    const url = file && (await link(entry, file).catch(() => ""));
    if (url) picture.src = url;
    else picture.removeAttribute("src");
  }
}

/** As it is written, and without the escapes of an address. */
function namesIn(source) {
  const cid = source.slice("cid:".length);
  try {
    return [cid, decodeURIComponent(cid)];
  } catch {
    return [cid];
  }
}

async function fetchHeld(entry, page, frame, held, button, state) {
  button.disabled = true;
  state.textContent = say("mail.held.fetching");
  const found = await Promise.all(held.map((_, n) => post(pathOf(entry, `pictures/${n}`)).catch(() => null)));
  found.forEach((one, n) => one && (held[n].src = one.url));
  const lost = found.filter((one) => !one).length;
  state.textContent = lost ? say("mail.held.lost", { n: lost }) : "";
  button.remove();
  write(frame, page);
}

function write(frame, page) {
  const head = `<meta charset="utf-8"><meta name="color-scheme" content="light"><link rel="stylesheet" href="${SHEET}">`;
  frame.srcdoc = `<!doctype html><html><head>${head}</head><body>${page.body.getHTML()}</body></html>`;
}

const pathOf = ({ customer_id, seq }, what) => `/customers/${encodeURIComponent(customer_id)}/entries/${seq}/${what}`;
