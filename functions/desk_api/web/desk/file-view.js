/** The files of a message: pictures are shown, sound is played, the rest is offered; each by a link of five minutes. */

import { get } from "../kit/api.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { say, sayOr } from "../kit/words.js";

const FRESH = 240_000;
const UNITS = ["B", "KB", "MB"];
const links = new Map();

/** What stands below the words of an entry; nothing without files. */
export function filesOf(entry) {
  const files = entry.files ?? [];
  return files.length ? h("div.files", {}, files.map((file) => fileView(entry, file))) : null;
}

/** Names of files that are on their way and have no entry yet. */
export const filesGoing = (files = []) =>
  files.length ? h("div.files", {}, files.map((file) => h("p.line-media", {}, icon("file"), file.name))) : null;

function fileView(entry, file) {
  if (file.state !== "stored") return h(`p.line-media.${file.state}`, {}, icon(file.state === "waiting" ? "clock" : "warn"), whyNot(file));
  const show = { picture, sound }[file.shown_as];
  return show ? show(entry, file) : offered(entry, file);
}

const whyNot = (file) => say(`file.${file.state}`, { name: nameOf(file), why: sayOr(`file.why.${file.reason}`, file.reason) });

const nameOf = (file) => file.name || say("file.noname");

function picture(entry, file) {
  const image = h("img", { alt: say("file.picture", { name: nameOf(file) }) });
  const button = h("button.picture", { type: "button", title: say("file.open"), onclick: () => open(entry, file) }, image);
  follow(image, entry, file, () => button.replaceWith(offered(entry, file)));
  return button;
}

function sound(entry, file) {
  const player = h("audio", { controls: true, preload: "none", "aria-label": nameOf(file) });
  follow(player, entry, file, () => player.replaceWith(offered(entry, file)));
  return player;
}

const offered = (entry, file) =>
  h("button.plain.file", { type: "button", onclick: () => save(entry, file) }, icon("file"), h("bdi", {}, nameOf(file)), h("span.quiet", {}, sizeOf(file.size)));

/** A link that is over is asked for once more; what fails then is offered to be saved. */
function follow(element, entry, file, giveUp) {
  let tries = 0;
  const show = async () => {
    if (tries++ > 1) return giveUp();
    try {
      element.src = await link(entry, file, tries > 1);
    } catch {
      giveUp();
    }
  };
  element.addEventListener("error", show);
  show();
}

async function open(entry, file) {
  const page = window.open("", "_blank");
  if (page) page.opener = null;
  try {
    const url = await link(entry, file, true);
    if (page) page.location.replace(url);
  } catch {
    page?.close();
  }
}

/** The bucket says that it is to be saved, so the desk stays where it is. */
const save = async (entry, file) => location.assign(await link(entry, file, true));

export async function link(entry, file, fresh) {
  const path = `/customers/${encodeURIComponent(entry.customer_id)}/entries/${entry.seq}/files/${file.n}`;
  const known = links.get(path);
  if (!fresh && known && Date.now() - known.at < FRESH) return known.url;
  const { url } = await get(path);
  links.set(path, { url, at: Date.now() });
  return url;
}

export function sizeOf(bytes) {
  const step = bytes < 1024 ? 0 : bytes < 1024 * 1024 ? 1 : 2;
  return `${(bytes / 1024 ** step).toFixed(step === 2 ? 1 : 0)} ${UNITS[step]}`;
}

/** A file that goes along with what is being written, and how far it is. */
export function fileChip(one, remove, again) {
  const door = (key, act, words) => h("button.plain", { type: "button", "aria-label": say(key, { name: one.name }), onclick: act }, words);
  const sending = one.state === "sending";
  const state = sending
    ? h("progress", { max: 1, value: 0, "aria-label": say("file.progress", { name: one.name }) })
    : h("span.quiet", { role: "status" }, one.state === "there" ? (one.size ? sizeOf(one.size) : "") : one.reason);
  return h(`li.chip.${one.state}`, {}, icon(sending || one.state === "there" ? "file" : "warn"), h("bdi", {}, one.name), state,
    one.state === "failed" && door("file.again.of", again, say("file.again")), door(sending ? "file.cancel" : "file.remove", remove, "×"));
}
