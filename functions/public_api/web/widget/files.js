/** Files in a chat: put into Patchbay's bucket before their message names them, and shown from links on its site. */

import { h, svg } from "../../../desk_api/web/kit/dom.js";

const LARGEST = 25 * 1024 * 1024;
const PATIENCE = 120_000;
const LOOKS = 40;
const PREVIEWED_TO = 5 * 1024 * 1024;
const PREVIEWED = /^image\/(jpeg|png|gif|webp)$/;

const CLIP = "M14.5 9l-5.2 5.2a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-5.8 5.7a1 1 0 0 1-1.4-1.4L11.5 6";

export const clip = () => svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: CLIP }));

/** A refusal with words for the visitor; "" for what only needs another try. */
export class NotTaken extends Error {}

export class Files {
  #talk;
  #previews = new Map();

  constructor(talk) {
    this.#talk = talk;
  }

  /** A file first gets its place, then its message names it. Raises NotTaken and whatever a network does. */
  async send(file, language) {
    this.#talk.connect();
    const told = await put(this.#talk.origin, { visitor: await this.#visitor(), language }, file);
    const shown_as = PREVIEWED.test(file.type) ? "picture" : "";
    if (shown_as && file.size <= PREVIEWED_TO) this.#previews.set(told.id, await dataOf(file));
    this.#talk.say({ action: "message", text: "", files: [told] }, "", [{ name: told.name, shown_as }]);
  }

  /** Of a picture that was sent from this page; later its name stands there. */
  preview({ frame }, n) {
    return this.#previews.get(frame?.files?.[n]?.id) ?? "";
  }

  /** Our token, as soon as there is one. */
  async #visitor() {
    for (let n = 0; !this.#talk.record.visitor && n < LOOKS; n++) await new Promise((then) => setTimeout(then, 250));
    return this.#talk.record.visitor;
  }
}

/** Many pages allow pictures that stand in their address, and none at blob:. */
const dataOf = (file) =>
  new Promise((then) => {
    const reader = new FileReader();
    reader.onloadend = () => then(reader.result ?? "");
    reader.readAsDataURL(file);
  });

/** Puts one file of this visitor there; {id, name, type} is what a message names it by. */
async function put(origin, { visitor, language }, file) {
  if (file.size > LARGEST) throw new NotTaken("large");
  const { id, name, upload } = await place(origin, { visitor, language, name: file.name, size: file.size });
  const form = new FormData();
  for (const [field, value] of Object.entries(upload.fields)) form.append(field, value);
  form.append("file", file);
  const answer = await fetch(upload.url, { method: "POST", body: form, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new NotTaken("lostFile");
  return { id, name, type: file.type };
}

async function place(origin, told) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${origin}/public/chat/files`, { method: "POST", headers, body: JSON.stringify(told), signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new NotTaken(answer.status === 413 ? "large" : "lostFile");
  return answer.json();
}

/** What stands below the words of a message. A page that forbids the picture gets a link in its place. */
export function filesOf(item, widget) {
  const files = item.files ?? [];
  return files.map((file, n) => shown(file, file.path ? widget.origin + file.path : widget.preview(item, n)));
}

function shown(file, url) {
  if (!url) return h("p.text.file", {}, file.name);
  const link = () => h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, file.name || url);
  if (file.shown_as === "sound") return h("audio", { controls: true, preload: "none", src: url, "aria-label": file.name });
  if (file.shown_as !== "picture") return h("p.text.file", {}, link());
  const image = h("img", { src: url, alt: file.name, onerror: () => image.replaceWith(file.name) });
  return h("p.picture", {}, h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, image));
}
