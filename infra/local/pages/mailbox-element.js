/** One mailbox: the mails of an address both ways, asked from the stand-in for SES; each can be answered. */

import { living } from "/assets/desk/kit/ages.js";
import { h, reconcile } from "/assets/desk/kit/dom.js";
import { icon } from "/assets/desk/kit/icons.js";
import { linked } from "/assets/desk/kit/links.js";
import { stamp } from "/assets/desk/kit/times.js";
import { say } from "/assets/desk/kit/words.js";
import { base64 } from "./base64.js";

const LOOK = 1000;
const HERE = "/local/email";

class LocalMailbox extends HTMLElement {
  #mails = [];
  #answered = null;
  #files = [];

  connectedCallback() {
    this.className = "phone mailbox";
    this.log = h("div.mails", { role: "log", "aria-live": "polite", "aria-label": say("mailbox.of", { address: this.number }), tabindex: "0" });
    this.problem = h("p.problem.small", { role: "status" });
    this.subject = h("input.subject", { placeholder: say("mailbox.subject"), "aria-label": say("mailbox.subject") });
    this.text = h("textarea", { rows: 3, placeholder: say("mailbox.text"), "aria-label": say("mailbox.text") });
    this.about = h("p.about.small");
    this.chips = h("p.chips.small");
    const away = h("button.plain", { type: "button", onclick: () => this.putAway(), "aria-label": `${say("phone.remove")} ${this.number}` }, say("phone.remove"));
    const form = h("form", { onsubmit: (event) => this.#submit(event) }, this.about, this.subject, this.text, this.chips,
      h("div.row", {}, this.#attaching(), h("button.primary", { type: "submit" }, say("phone.send"))));
    this.replaceChildren(h("header", {}, h("h2.code", {}, this.number), away), this.log, this.problem, form);
    this.#answer(null);
    this.#render();
    this.timer = setInterval(() => document.hidden || this.#look(), LOOK);
    this.#look();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  focus() {
    this.text.focus();
  }

  async #look() {
    if (this.looking) return;
    this.looking = true;
    try {
      const query = new URLSearchParams({ address: this.number, after: String(this.#mails.at(-1)?.n ?? 0) });
      const answer = await fetch(`${HERE}/messages?${query}`, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { items } = await answer.json();
      this.#mails.push(...items);
      if (items.length) this.#render();
      this.problem.textContent = "";
    } catch {
      this.problem.textContent = say("phone.lost");
    }
    this.looking = false;
  }

  #render() {
    const empty = this.#mails.length ? [] : [{ key: "empty", sign: "", make: () => h("div.nothing", {}, say("mailbox.empty")) }];
    const newest = this.#mails.at(-1)?.n;
    reconcile(this.log, [...empty, ...this.#mails.map((mail) => ({ key: `m${mail.n}`, sign: "", make: () => this.#mail(mail, mail.n === newest) }))]);
    this.log.scrollTop = this.log.scrollHeight;
  }

  #mail(mail, open) {
    const mine = mail.from === this.number;
    const foot = h("p.when", {}, say(`mailbox.state.${mail.state}`), " · ", h("a", { href: `${HERE}/mails/${mail.n}/raw`, target: "_blank" }, say("mailbox.raw")));
    return h(mine ? "details.mine" : "details", { open },
      h("summary", {}, h("strong", { dir: "auto" }, mail.subject || say("mailbox.nosubject")), h("span.when", {}, living("time", mail.at, stamp))),
      h("p.when", {}, say("mailbox.to", { from: mail.from, to: mail.to })), mail.cc && h("p.when", {}, say("mailbox.cc", { cc: mail.cc })),
      h("p.text", { dir: "auto" }, linked(mail.text)),
      mail.quoted && h("details.quoted", {}, h("summary", {}, say("mailbox.quoted")), h("p.text", { dir: "auto" }, mail.quoted)),
      mail.files.map(file), this.#actions(mail, mine), foot);
  }

  #actions(mail, mine) {
    if (mine) return null;
    const told = h("span.small", { role: "status" });
    const stop = mail.unsubscribe && h("button.plain", { type: "button", onclick: () => this.#stop(mail, told) }, say("mailbox.stop"));
    const page = mail.unsubscribe && h("a", { href: mail.unsubscribe, target: "_blank" }, say("mailbox.page"));
    return h("p.acts", {}, h("button.plain.answer", { type: "button", onclick: () => (this.#answer(mail), this.focus()) }, say("mailbox.answer")), stop, page, told);
  }

  /** What a mail provider does for its reader (RFC 8058). */
  async #stop(mail, told) {
    const answer = await fetch(`${HERE}/unsubscribe`, json({ n: mail.n }));
    told.textContent = answer.ok ? say("mailbox.stopped") : say("mailbox.failed", { why: String((await answer.json()).status ?? answer.status) });
  }

  #answer(mail) {
    this.#answered = mail;
    this.subject.hidden = Boolean(mail);
    this.about.replaceChildren(...(mail ? [say("mailbox.answering", { subject: mail.subject || say("mailbox.nosubject") }), " ",
      h("button.plain", { type: "button", onclick: () => this.#answer(null) }, say("mailbox.new"))] : []));
  }

  #attaching() {
    const input = h("input", { type: "file", hidden: true, tabindex: "-1", multiple: true, onchange: () => (this.#keep([...this.#files, ...input.files]), (input.value = "")) });
    return [input, h("button.plain", { type: "button", "aria-label": say("mailbox.file"), title: say("mailbox.file"), onclick: () => input.click() }, icon("clip"))];
  }

  #keep(files) {
    this.#files = files;
    this.chips.replaceChildren(...files.map((one) => h("button.plain", { type: "button", "aria-label": say("mailbox.nofile", { name: one.name }), onclick: () => this.#keep(this.#files.filter((other) => other !== one)) }, `${one.name} ×`)));
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text && !this.#files.length) return this.focus();
    try {
      const files = await Promise.all(this.#files.map(async (one) => ({ name: one.name, type: one.type, data: await base64(one) })));
      const told = { from: this.number, text, subject: this.#answered ? "" : this.subject.value, answers: this.#answered?.n ?? 0, files };
      const answer = await fetch(`${HERE}/send`, json(told));
      if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error?.message ?? `HTTP ${answer.status}`);
      this.text.value = this.subject.value = "";
      this.#keep([]);
      this.#answer(null);
      await this.#look();
    } catch (error) {
      this.problem.textContent = say("mailbox.failed", { why: error.message });
    }
  }
}

function file({ name, type, path }) {
  const url = HERE + path;
  return type.startsWith("image/") ? h("img.photo", { src: url, alt: name }) : h("p.text", {}, h("a", { href: url, download: name }, name));
}

function json(told) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told) };
}

customElements.define("local-mailbox", LocalMailbox);
