/** The search in what was written: with all customers, or with the one whose conversation is open. */

import { get } from "../kit/api.js";
import { show } from "../kit/dialog.js";
import { h, style } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { inputMethodOwns } from "../kit/input-method.js";
import { stamp } from "../kit/times.js";
import { learn, say } from "../kit/words.js";
import { textsWords } from "./texts-words.js";

learn(textsWords);

const PAUSE = 700; // ms without a key, after which it is looked without Enter
const SHEET = "/assets/desk/desk/texts.css";

/** Without a customer ({id, name}) it looks with all of them. `finds` opens what is found, as of openPalette. */
export function openTexts({ text = "", customer = null, finds }) {
  style(SHEET);
  return new Texts(text, customer, finds).dialog;
}

class Texts {
  #asked = 0;
  #timer = 0;
  #said = "";
  #next = "";
  #older = false;
  #hits = new Map();

  constructor(text, customer, finds) {
    this.finds = finds;
    this.customer = customer;
    this.input = h("input", { type: "search", value: text, maxlength: 200, placeholder: say("texts.hint"), autocomplete: "off", oninput: () => this.#soon() });
    this.status = h("p.texts-status", { role: "status" });
    this.list = h("ol.texts-hits", { hidden: true });
    this.more = h("button", { type: "button", hidden: true, onclick: () => this.#look(false) });
    const form = h("form", { role: "search", onsubmit: (event) => this.#now(event) },
      h("label", {}, say("texts.label"), this.input), h("button.primary", { type: "submit" }, icon("find"), say("texts.find")));
    const title = customer ? say("texts.title_one", { name: customer.name }) : say("texts.title");
    const body = h("div", { onkeydown: (event) => this.#step(event) }, form, this.status, this.list, this.more);
    this.dialog = show(title, body, { spec: "dialog.texts", doors: true });
    this.dialog.addEventListener("close", () => clearTimeout(this.#timer));
    this.input.focus();
    if (text) this.#look(true);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.input.value.trim() !== this.#said && this.#look(true), PAUSE);
  }

  #now(event) {
    event.preventDefault();
    clearTimeout(this.#timer);
    this.#look(true);
  }

  /** Anew, or on from where it stopped. An answer to what is not asked any more is dropped. */
  async #look(anew) {
    const mine = (this.#asked += 1);
    if (anew) this.#begin();
    if (!this.#said) return;
    this.#tell(say("texts.searching"));
    this.list.setAttribute("aria-busy", "true");
    try {
      const asked = { q: this.#said, cursor: this.#next, customer: this.customer?.id ?? "" };
      const page = await get(`/find/texts?${new URLSearchParams(asked)}`);
      if (mine === this.#asked) this.#show(page);
    } catch (failure) {
      if (mine === this.#asked) this.#tell(failure.sentence ?? failure.message, true);
    }
    if (mine === this.#asked) this.list.removeAttribute("aria-busy");
  }

  #begin() {
    this.#said = this.input.value.trim();
    [this.#next, this.#older] = ["", false];
    this.#hits.clear();
    this.list.replaceChildren();
    this.list.hidden = this.more.hidden = true;
    this.#tell("");
  }

  #show({ hits, next, older }) {
    const fresh = hits.filter((hit) => !this.#hits.has(keyOf(hit)));
    for (const hit of fresh) this.#hits.set(keyOf(hit), hit);
    const rows = fresh.map((hit) => h("li", {}, this.#row(hit)));
    const waited = document.activeElement === this.more;
    this.list.append(...rows);
    [this.#next, this.#older] = [next, older];
    this.list.hidden = !this.#hits.size;
    this.more.hidden = !next;
    this.more.textContent = say(older ? "texts.older" : "texts.more");
    if (waited) (rows[0]?.firstElementChild ?? (next ? this.more : this.input)).focus();
    this.#tell(this.#sum());
  }

  #sum() {
    const count = this.#hits.size;
    if (count) return say(this.#next ? "texts.found_more" : "texts.found", { count });
    if (!this.#next) return say("texts.none");
    return say(this.#older && !this.customer ? "texts.none_yet" : "texts.none_here");
  }

  #tell(sentence, wrong = false) {
    this.status.textContent = sentence;
    this.status.classList.toggle("problem", wrong);
  }

  #row(hit) {
    const number = hit.case_number && say("texts.case", { number: hit.case_number });
    const who = [writer(hit), number, stamp(hit.at)].filter(Boolean).join(" · ");
    return h("button", { type: "button", onclick: () => this.#open(hit) },
      h("span.who", {}, !this.customer && h("b", {}, hit.name || say("texts.customer")), h("span", {}, who)),
      h("span.said", {}, ...marked(hit)));
  }

  async #open(hit) {
    this.dialog.close();
    await this.finds.line(hit);
  }

  /** Arrows go from the field to the hits and along them. */
  #step(event) {
    if (inputMethodOwns(event) || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const stops = [this.input, ...this.list.querySelectorAll("button")];
    const at = stops.indexOf(document.activeElement);
    const to = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !to) return;
    event.preventDefault();
    to.focus();
  }
}

const keyOf = ({ timeline, seq }) => `${timeline}/${seq}`;

function writer({ kind, actor, actor_name: name }) {
  const who = name || say(actor === "customer" ? "texts.customer" : "texts.system");
  return kind === "note_added" ? `${say("texts.note")}: ${who}` : who;
}

/** The excerpt with its words marked; places count characters, where JavaScript counts UTF-16 units. */
function marked({ excerpt, places }) {
  const letters = Array.from(excerpt);
  const text = (from, to) => letters.slice(from, to).join("");
  let at = 0;
  const parts = places.flatMap(([from, to]) => {
    const both = [text(at, from), h("mark", {}, text(from, to))];
    at = to;
    return both;
  });
  return [...parts, text(at)];
}
