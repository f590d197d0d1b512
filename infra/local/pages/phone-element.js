/** One phone: what it sent and got, asked from the stand-in provider; what it is sending is shown at once. */

import { living } from "/assets/desk/kit/ages.js";
import { h, reconcile } from "/assets/desk/kit/dom.js";
import { inputMethodOwns } from "/assets/desk/kit/input-method.js";
import { icon } from "/assets/desk/kit/icons.js";
import { linked } from "/assets/desk/kit/links.js";
import { stamp } from "/assets/desk/kit/times.js";
import { say } from "/assets/desk/kit/words.js";
import { base64 } from "./base64.js";
import "./call-element.js";

const LOOK = 1000;

class LocalPhone extends HTMLElement {
  #items = [];
  #sending = [];
  #after = 0;

  connectedCallback() {
    this.className = "phone";
    this.log = h("div.texts", { role: "log", "aria-live": "polite", "aria-label": say("phone.of", { number: this.number }), tabindex: "0" });
    this.problem = h("p.problem.small", { role: "status" });
    this.input = h("textarea", { rows: 1, placeholder: say("phone.place"), "aria-label": say("phone.place"), onkeydown: (event) => this.#key(event) });
    const away = h("button.plain", { type: "button", onclick: () => this.putAway(), "aria-label": `${say("phone.remove")} ${this.number}` }, say("phone.remove"));
    const line = document.createElement("local-call");
    line.number = this.number;
    this.replaceChildren(h("header", {}, h("h2.code", {}, this.number), away), line, this.log, this.problem,
      h("form", { onsubmit: (event) => this.#submit(event) }, this.#attaching(), this.input, h("button.primary", { type: "submit" }, say("phone.send"))));
    this.#render();
    this.timer = setInterval(() => document.hidden || this.#look(), LOOK);
    this.#look();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  focus() {
    this.input.focus();
  }

  async #look() {
    if (this.looking) return;
    this.looking = true;
    try {
      const query = new URLSearchParams({ number: this.number, after: String(this.#after) });
      const answer = await fetch(`/local/sms/messages?${query}`, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      this.#take((await answer.json()).items);
      this.problem.textContent = "";
    } catch {
      this.problem.textContent = say("phone.lost");
    }
    this.looking = false;
  }

  #take(items) {
    const known = new Set(this.#items.map((item) => item.id));
    const fresh = items.filter((item) => !known.has(item.id));
    this.#after = items.reduce((last, item) => (item.id > last ? item.id : last), this.#after);
    this.#items.push(...fresh);
    for (const item of fresh.filter((one) => this.#mine(one))) this.#arrived(item.text);
    if (fresh.length) this.#render();
  }

  /** What stands in the provider's list is no longer on its way: the oldest of the same words. */
  #arrived(text) {
    const at = this.#sending.findIndex((one) => one.text === text && !one.failed);
    if (at >= 0) this.#sending.splice(at, 1);
  }

  #mine(item) {
    return item.from === this.number;
  }

  #render() {
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    const empty = this.#items.length + this.#sending.length ? [] : [{ key: "empty", sign: "", make: () => h("div.nothing", {}, say("phone.empty")) }];
    reconcile(this.log, [
      ...empty,
      ...this.#items.map((item) => ({ key: `m${item.id}`, sign: "", make: () => this.#line(item, living("time", item.at, stamp)) })),
      ...this.#sending.map((one) => ({ key: one.key, sign: one.failed ?? "", make: () => this.#onItsWay(one) })),
    ]);
    if (atEnd) this.log.scrollTop = this.log.scrollHeight;
  }

  #line(item, foot) {
    return h(this.#mine(item) ? "div.mine" : "div", {}, item.text && h("p.text", { dir: "auto" }, linked(item.text)), (item.files ?? []).map(shown), h("p.when", {}, foot));
  }

  #onItsWay(one) {
    const again = () => ((one.failed = null), this.#send(one));
    const foot = one.failed ? h("button.plain", { type: "button", onclick: again }, say("phone.failed", { why: one.failed })) : say("phone.sending");
    return this.#line({ from: this.number, text: one.text || one.files.map(({ name }) => name).join(", ") }, foot);
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !inputMethodOwns(event)) this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    const one = { key: crypto.randomUUID(), text, files: [], failed: null };
    this.#sending.push(one);
    this.#send(one);
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** A picture goes at once, as an MMS of its own. */
  #attaching() {
    const input = h("input", { type: "file", hidden: true, tabindex: "-1", onchange: () => this.#sendFile(input) });
    const button = h("button.plain", { type: "button", "aria-label": say("phone.attach"), title: say("phone.attach"), onclick: () => input.click() }, icon("clip"));
    return [button, input];
  }

  async #sendFile(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const files = [{ name: file.name, type: file.type, data: await base64(file) }];
    const one = { key: crypto.randomUUID(), text: "", files, failed: null };
    this.#sending.push(one);
    this.#send(one);
  }

  async #send(one) {
    this.#render();
    try {
      const body = JSON.stringify({ from: this.number, text: one.text, files: one.files.map(({ type, data }) => ({ type, data })) });
      const answer = await fetch("/local/sms/send", { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error?.message ?? `HTTP ${answer.status}`);
      await this.#look();
    } catch (error) {
      one.failed = error.message;
      this.#render();
    }
  }
}

/** What the provider keeps of a message; the picture of a picture, the address of anything else. */
function shown({ type, path }) {
  const url = `/local/sms${path}`;
  return type.startsWith("image/") ? h("img.photo", { src: url, alt: say("phone.photo") }) : h("p.text", {}, h("a", { href: url, target: "_blank" }, type));
}

customElements.define("local-phone", LocalPhone);
