/** <patchbay-chat>: a guest on somebody's page. What happens inside stays inside, and the page's keys stay the page's. */

import { comeBack } from "./come-back.js";
import { counted } from "../../../desk_api/web/kit/counts.js";
import { h, reconcile, svg } from "../../../desk_api/web/kit/dom.js";
import { inputMethodOwns } from "../../../desk_api/web/kit/input-method.js";
import { clip } from "./files.js";
import { CallForm } from "./call-form.js";
import { measured, MOST } from "./length.js";
import { lines } from "./lines.js";
import { keep, kept } from "./storage.js";
import { STYLE } from "./style.js";
import { chosen, sentence } from "./words.js";

export const NAME = "patchbay-chat";
const OPEN = "patchbay.chat.open";
const KEYS = ["keydown", "keypress", "keyup"];
const EDITS = ["beforeinput", "input", "paste", "copy", "cut"];

/** The element for one talk; `wish` is the language that the script's own tag asks for. */
export const chatElement = (talk, wish) => class extends HTMLElement {
  #language = "";
  #midnight = 0;

  /** A page may hold the element twice for a moment (a cached copy of it): one of them is the widget. */
  connectedCallback() {
    if (document.querySelector(NAME) !== this) return;
    this.#learnLanguage();
    // On the window and before anybody else: many pages listen to shortcuts before the element that is typed in hears them.
    for (const type of KEYS) addEventListener(type, this.#keep, true);
    for (const type of EDITS) this.addEventListener(type, stop);
    talk.addEventListener("changed", this.#render);
    document.addEventListener("visibilitychange", this.#look);
    this.#show(kept("sessionStorage", OPEN) === "yes", false);
    if (talk.begun) talk.connect();
  }

  disconnectedCallback() {
    for (const type of KEYS) removeEventListener(type, this.#keep, true);
    talk.removeEventListener("changed", this.#render);
    document.removeEventListener("visibilitychange", this.#look);
    clearTimeout(this.#midnight);
    queueMicrotask(() => comeBack(this, NAME));
  }

  #learnLanguage() {
    const language = chosen([this.getAttribute("language"), wish, document.documentElement.lang, ...navigator.languages]);
    talk.speak(language);
    if (language === this.#language) return;
    this.lang = this.#language = language;
    this.#build();
  }

  #say = (word, values) => sentence(this.#language, word, values);

  #button(word, onclick, look = "") {
    return h(`button${look}`, { type: "button", onclick }, this.#say(word));
  }

  #build() {
    const say = this.#say;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.badge = h("span.badge");
    this.launch = h("button.launch.main", { type: "button", onclick: () => this.#show(true) },
      svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: "M3 4.5h14v9H10l-4 3.5v-3.5H3z" })), say("open"), this.badge);
    this.state = h("p.state", { role: "status" });
    this.sms = this.#button("sms", () => this.#ask(this.number.hidden), ".bare");
    this.ending = this.#button("end", () => this.#askEnd(this.sure.hidden), ".bare");
    const close = h("button.bare.close", { type: "button", "aria-label": say("close"), onclick: () => this.#show(false) }, "×");
    // A picture has its height only when it is there.
    this.log = h("div.log", { role: "log", "aria-live": "polite", "aria-label": say("log"), tabindex: 0 });
    this.log.addEventListener("load", this.#follow, true);
    this.phone = h("input", { type: "tel", id: "phone", autocomplete: "tel", required: true, placeholder: "010-0000-0000" });
    this.number = h("form.number", { hidden: true, onsubmit: (event) => this.#askCode(event) },
      h("p", {}, say("why")), h("label", { for: "phone" }, say("phone")), this.phone, this.#button("cancel", () => this.#ask(false)), h("button.main", {}, say("ask")));
    this.sure = h("form.number", { hidden: true, onsubmit: (event) => this.#end(event) },
      h("p", {}, say("ending")), this.#button("stay", () => this.#askEnd(false)), h("button.main", {}, say("end")));
    this.input = h("textarea", { rows: 2, dir: "auto", value: talk.draft, placeholder: say("place"), "aria-label": say("place"), "aria-describedby": "count", oninput: () => this.#typed() });
    this.count = h("p.count", { id: "count", role: "status" });
    this.send = h("button.main", {}, say("send"));
    this.file = h("input", { type: "file", hidden: true, tabindex: -1, onchange: () => this.#sendFile() });
    const attach = h("button.bare.attach", { type: "button", "aria-label": say("attach"), title: say("attach"), onclick: () => this.file.click() }, clip());
    const form = h("form", { onsubmit: (event) => this.#submit(event) }, this.count, attach, this.file, this.input, this.send);
    this.calls = new CallForm(talk, this.#say, this.#language, () => this.input.focus());
    this.panel = h("section.panel", { role: "dialog", "aria-label": say("title") },
      h("div.head", {}, h("h2", {}, say("title")), this.sms, this.ending, close, this.state), this.calls.bar, this.log, this.number, this.sure, this.calls.form, form);
    root.replaceChildren(h("div.all", {}, this.launch, this.panel));
    this.#measure();
  }

  #show(open, focus = true) {
    [this.panel.hidden, this.launch.hidden] = [!open, open];
    this.toggleAttribute("data-open", open);
    keep("sessionStorage", OPEN, open ? "yes" : "");
    if (open) talk.connect();
    this.#look();
    if (open) this.log.scrollTop = this.log.scrollHeight;
    if (focus) (open ? this.input : this.launch).focus();
  }

  #look = () => talk.watch(!this.panel.hidden && !document.hidden);

  #render = () => {
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    const last = talk.record.items.at(-1);
    const fresh = last?.mine && last.id !== this.last;
    this.last = last?.id;
    reconcile(this.log, lines(talk.record.items, this.#widget));
    this.follows = atEnd || fresh;
    this.#follow();
    const n = counted(talk.unread);
    Object.assign(this.badge, { hidden: !talk.unread, textContent: n });
    this.launch.setAttribute("aria-label", this.#say(talk.unread ? "unread" : "open", { n }));
    this.sms.hidden = this.ending.hidden = !talk.begun;
    const state = talk.place.state && this.#say(talk.place.state);
    if (this.state.textContent !== state) this.state.textContent = state;
    this.calls.render();
    this.#wakeAtMidnight();
  };

  #follow = () => this.follows && (this.log.scrollTop = this.log.scrollHeight);

  /** What the lines of the log need of us. */
  get #widget() {
    const repeats = ({ frame }) => talk.repeats.get(frame?.id) ?? 0;
    const [again, choose] = [(item) => this.#again(item), (item, choice) => this.#choose(item, choice)];
    const [score, preview] = [(item, n) => talk.score(item, n), (item, n) => talk.files.preview(item, n)];
    return { say: this.#say, language: this.#language, repeats, again, choose, score, origin: talk.origin, preview };
  }

  /** The button that was pressed is gone: whoever uses the keyboard goes on from the log. */
  #choose(item, choice) {
    talk.choose(item, choice);
    this.log.focus({ preventScroll: true });
  }

  /** "Today" is "Yesterday" then. */
  #wakeAtMidnight() {
    clearTimeout(this.#midnight);
    this.#midnight = setTimeout(this.#render, new Date().setHours(24, 0, 1, 0) - Date.now());
  }

  /** Nothing that is pressed here reaches the page, so it is heard here as well. */
  #keep = (event) => {
    if (!event.composedPath().includes(this)) return;
    event.stopImmediatePropagation();
    if (event.type === "keydown" && !inputMethodOwns(event)) this.#key(event);
  };

  #key(event) {
    if (event.key === "Escape") this.#leave(event);
    if (event.key === "Enter" && !event.shiftKey && event.composedPath()[0] === this.input) this.#submit(event);
  }

  /** Out of the innermost: a question, else the panel. */
  #leave(event) {
    if (this.panel.hidden) return;
    event.preventDefault();
    if (!this.number.hidden) this.#ask(false);
    else if (!this.sure.hidden) this.#askEnd(false);
    else if (this.calls.open) this.calls.show(false);
    else this.#show(false);
  }

  #typed() {
    talk.draft = this.input.value;
    this.#measure();
  }

  #measure() {
    const { length, near, over } = measured(this.input.value);
    const shown = (n) => n.toLocaleString(this.#language);
    this.count.hidden = !near;
    this.count.classList.toggle("over", over > 0);
    this.count.textContent = !near ? "" : over ? this.#say("over", { n: shown(over) }) : this.#say("length", { n: shown(length), most: shown(MOST) });
    this.send.disabled = over > 0;
  }

  #submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text || this.send.disabled) return;
    talk.say({ action: "message", text }, text);
    this.input.value = "";
    this.#typed();
    this.input.focus();
  }

  async #sendFile() {
    const [file] = this.file.files;
    this.file.value = "";
    if (!file) return;
    this.#tell(this.#say("sending"), false);
    try {
      await talk.files.send(file, this.#language);
      this.#measure();
    } catch ({ code, message }) {
      this.#tell(code ? message : this.#say("failed"), true);
    }
    this.input.focus();
  }

  /** Above what is being written, until something is typed. */
  #tell(words, bad) {
    this.count.hidden = false;
    this.count.classList.toggle("over", bad);
    this.count.textContent = words;
  }

  /** A number that was refused is to be corrected, everything else goes as it was. */
  #again(item) {
    if (item.frame.action !== "ask_code") return talk.again(item);
    this.phone.value = item.frame.phone;
    this.#ask(true);
  }

  #askEnd(open) {
    this.sure.hidden = !open;
    this.number.hidden = true;
    (open ? this.sure.querySelector(".main") : this.input).focus();
  }

  #end(event) {
    event.preventDefault();
    this.sure.hidden = true;
    talk.end();
    this.input.value = "";
    this.#measure();
    this.#show(false);
  }

  #ask(open) {
    this.number.hidden = !open;
    this.sure.hidden = true;
    this.log.scrollTop = this.log.scrollHeight;
    (open ? this.phone : this.input).focus();
  }

  #askCode(event) {
    event.preventDefault();
    const phone = this.phone.value.trim();
    talk.say({ action: "ask_code", phone }, this.#say("asked", { phone }));
    this.#ask(false);
  }
};

const stop = (event) => event.stopPropagation();
