/** Files: put into Patchbay's bucket before their message names them, shown from links on its site. */

import { h, svg } from "../../../desk_api/web/kit/dom.js";

const PREVIEWED_TO = 5 * 1024 * 1024;
const PREVIEWED = /^image\/(jpeg|png|gif|webp)$/;

const CLIP = "M14.5 9l-5.2 5.2a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-5.8 5.7a1 1 0 0 1-1.4-1.4L11.5 6";

export const clip = () => svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: CLIP }));

export class Files {
  #talk;
  #previews = new Map();

  constructor(talk) {
    this.#talk = talk;
  }

  /** Its place, then its message, as soon as we are somebody. What is thrown may bring words for the visitor: `message`. */
  async send(file, language) {
    this.#talk.connect();
    while (!this.#talk.record.visitor) await new Promise((then) => this.#talk.addEventListener("changed", then, { once: true }));
    const told = await put(this.#talk.origin, { visitor: this.#talk.record.visitor, language }, file);
    const shown_as = PREVIEWED.test(file.type) ? "picture" : "";
    if (shown_as && file.size <= PREVIEWED_TO) this.#previews.set(told.id, await dataOf(file));
    this.#talk.say({ action: "message", text: "", files: [told] }, "", [{ name: told.name, shown_as }]);
  }

  /** Of a picture that was sent from this page; later its name stands there. */
  preview({ frame }, n) {
    return this.#previews.get(frame?.files?.[n]?.id) ?? "";
  }
}

/** Pages allow data: more often than blob:. */
const dataOf = (file) =>
  new Promise((then) => {
    const reader = new FileReader();
    reader.onloadend = () => then(reader.result ?? "");
    reader.readAsDataURL(file);
  });

/** Puts one file of this visitor there; {id, name, type} is what a message names it by. */
async function put(origin, told, file) {
  const asked = { ...told, name: file.name, size: file.size };
  const place = await fetch(`${origin}/public/chat/files`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked) });
  const { id, name, upload, error } = await place.json();
  if (error) throw error;
  const form = new FormData();
  for (const [field, value] of Object.entries(upload.fields)) form.append(field, value);
  form.append("file", file);
  const answer = await fetch(upload.url, { method: "POST", body: form });
  if (!answer.ok) throw answer;
  return { id, name, type: file.type };
}

/** What stands below the words of a message. A page that forbids the picture gets a link in its place. */
export function filesOf(item, widget) {
  const files = item.files ?? [];
  return files.map((file, n) => shown(file, file.path ? widget.origin + file.path : widget.preview(item, n)));
}

function shown({ name, shown_as }, url) {
  if (shown_as === "sound") return h("audio", { controls: true, preload: "none", src: url, "aria-label": name });
  const picture = shown_as === "picture" && url;
  const inside = picture ? h("img", { src: url, alt: name, onerror: ({ target }) => target.replaceWith(name) }) : name;
  return h(`p.${picture ? "picture" : "text"}`, {}, url ? h("a", { href: url, target: "_blank", rel: "noopener" }, inside) : inside);
}
