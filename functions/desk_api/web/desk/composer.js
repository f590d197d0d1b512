/** Writing: a reply on one of the customer's channels, or a note that no customer sees. */

import { attaching, chips } from "./attach-view.js";
import { desk } from "./desk-state.js";
import { h } from "../kit/dom.js";
import { channelWord, traitsOf } from "../kit/channels.js";
import { icon } from "../kit/icons.js";
import { inputMethodOwns } from "../kit/input-method.js";
import { NOTE } from "./drafts.js";
import { NOTE as NOTE_KEY, REPLY as REPLY_KEY } from "./keys.js";
import { replyWay, wayKey, wroteBy } from "./reply-way.js";
import { measured } from "./measured.js";
import { TemplateView } from "./template-view.js";
import { usable } from "./templates.js";
import { View } from "../kit/view.js";
import { aboutWay, atItsEnd, wayChoice, wayReason } from "./ways-view.js";
import { say } from "../kit/words.js";

class Composer extends View {
  source = desk;
  topics = ["selected", "card", "draft", "work", "timeline"];
  #case = "";
  #signs = "";
  #ends = 0;
  way = null;

  build() {
    this.className = "composer";
    this.modes = h("div.modes", { role: "radiogroup", "aria-label": say("write.mode") },
      this.#mode("reply", REPLY_KEY), this.#mode(NOTE, NOTE_KEY));
    this.channels = h("div.reply-channels", { role: "radiogroup", "aria-label": say("write.channel") });
    this.text = h("textarea", { rows: 2, oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), enterkeyhint: "send" });
    this.count = h("span.count", { "aria-live": "polite" });
    this.send = h("button.primary", { type: "submit" }, icon("send"), h("span"));
    this.hint = h("span.hint", { role: "status" }, say("write.hint"));
    this.why = h("p.problem", { role: "alert", hidden: true });
    this.attach = attaching(() => ({ caseId: this.#case, channel: this.way?.channel ?? "" }));
    this.files = h("ul.chips", { "aria-live": "polite", "aria-label": say("file.attached") });
    this.about = h("div.about-way");
    this.template = new TemplateView(() => this.isConnected && this.#case && this.#show());
    const foot = h("div.composer-foot", {}, this.attach.button, this.attach.input, this.hint, this.count, this.send);
    this.form = h("form", { onsubmit: (event) => (event.preventDefault(), this.#send()) },
      h("div.composer-head", {}, this.modes, this.channels), this.about, this.template.node, this.text, this.files, this.why, foot);
    this.replaceChildren(this.form);
    this.stops = [desk.on("write-reply", () => this.#take("reply")), desk.on("write-note", () => this.#take("note"))];
  }

  leave() {
    clearTimeout(this.#ends);
    for (const stop of this.stops) stop();
  }

  #mode(value, key) {
    const input = h("input", { type: "radio", name: "mode", value, onchange: () => this.#take(value), "aria-keyshortcuts": key.aria });
    return h("label.mode", {}, input, h("span", {}, icon(value === NOTE ? "note" : "send"), say(`write.${value}`)), h("kbd", { "aria-hidden": "true" }, key.text));
  }

  get draft() {
    return desk.writing.drafts.of(this.#case);
  }

  /** On a case that is not ours a note can be left, and nothing else. */
  get mode() {
    return desk.cases.isMine(desk.current) ? this.draft.mode : NOTE;
  }

  get place() {
    return this.mode === NOTE ? NOTE : this.replyPlace;
  }

  get replyPlace() {
    return this.way ? wayKey(this.way) : "";
  }

  get written() {
    return desk.writing.drafts.text(this.#case, this.place);
  }

  render() {
    const item = desk.current;
    if (!item) return;
    const card = desk.talks.cards.get(item.customer_id);
    this.ways = (card?.reply_channels ?? []).map((way) => usable(way, desk.templates));
    this.#follow(item);
    this.#showChannels();
    this.#offerTemplates(card?.language);
    if (this.text.value !== this.written) this.text.value = this.written;
    this.#show();
  }

  /** The way of the reply is the customer's, or the agent's choice. Who has begun to write is told when it turns. */
  #follow(item) {
    const before = this.#case === item.case_id ? this.way : null;
    this.#case = item.case_id;
    this.wrote = wroteBy(this.ways, desk.talks.timeline(item.customer_id).heardOn(item.case_id));
    this.way = replyWay(this.ways, this.wrote, this.draft.choice);
    this.#bringAlong(before);
    const turned = before && this.way && wayKey(before) !== wayKey(this.way) && this.written.trim();
    if (!before || turned) this.#hint(turned ? this.way : null);
  }

  /** What was being written for another way, once the ways are known. */
  #bringAlong(before) {
    if (!this.way) return;
    const { drafts } = desk.writing;
    drafts.gather(this.#case, this.replyPlace, this.ways.filter((way) => way.allowed).map(wayKey));
    if (!before || wayKey(before) !== this.replyPlace) drafts.follow(this.#case, this.replyPlace);
  }

  #choose(way) {
    desk.writing.drafts.choose(this.#case, { way: wayKey(way), against: this.wrote });
    this.render();
    this.#hint(null);
  }

  #hint(turned) {
    this.hint.textContent = turned ? say("write.turned", { channel: channelWord(turned.channel) }) : say("write.hint");
    this.hint.classList.toggle("turned", Boolean(turned));
  }

  #showChannels() {
    const signs = JSON.stringify([this.ways, this.ways.map(wayReason), this.way, this.ways.map((way) => this.#waits(way))]);
    if (signs === this.#signs) return;
    this.#signs = signs;
    const focused = this.channels.contains(document.activeElement);
    this.channels.replaceChildren(...this.ways.map((way) => this.#channel(way)));
    this.about.replaceChildren(...(this.way ? aboutWay(this.way) : []));
    if (this.way) desk.writing.attached.check(this.#case, this.way.channel);
    clearTimeout(this.#ends);
    this.#ends = atItsEnd(this.way);
    if (focused) this.channels.querySelector(":checked")?.focus();
  }

  #channel(way) {
    return wayChoice(way, wayKey(way) === this.replyPlace, this.#waits(way), () => this.#choose(way));
  }

  #offerTemplates(language) {
    const fitting = this.way ? desk.templates.filter(({ channel }) => channel === this.way.channel) : [];
    this.template.offer(`${this.#case} ${this.replyPlace}`, fitting, Boolean(this.way?.only_template), language);
  }

  /** Whether a template goes out in the place of what is written. */
  get #templated() {
    return this.mode !== NOTE && this.template.on;
  }

  /** A text of its own stands by this way, which is not the one that is written now. */
  #waits(way) {
    return wayKey(way) !== this.replyPlace && Boolean(desk.writing.drafts.text(this.#case, wayKey(way)));
  }

  #show() {
    const note = this.mode === NOTE;
    this.classList.toggle("noting", note);
    for (const input of this.modes.querySelectorAll("input")) input.checked = input.value === this.mode;
    this.modes.querySelector("[value=reply]").disabled = !desk.cases.isMine(desk.current);
    this.channels.hidden = this.about.hidden = note;
    if (note) this.template.node.hidden = true;
    this.text.hidden = this.#templated;
    this.attach.button.hidden = note || this.#templated || !(this.way && traitsOf(this.way.channel)?.files);
    this.files.hidden = note || this.#templated;
    this.files.replaceChildren(...chips(this.#case));
    this.text.placeholder = say(note ? "write.place.note" : "write.place.reply");
    this.text.setAttribute("aria-label", this.text.placeholder);
    this.send.lastChild.textContent = say(note ? "write.save" : "write.send");
    this.#measure();
  }

  #measure() {
    const { count, problem } = this.#templated ? { count: "", problem: this.template.problem } : measured(this.written, this.mode === NOTE ? desk.noteTraits : this.way && traitsOf(this.way.channel));
    const nowhere = !this.way && this.mode !== NOTE;
    this.loading = nowhere && !this.ways.length;
    this.problem = nowhere && this.ways.length ? say("write.nochannel") : problem;
    this.count.textContent = this.problem || count;
    this.count.classList.toggle("problem", Boolean(this.problem));
    if (this.why.textContent !== this.#blocks) this.why.hidden = true;
    this.send.setAttribute("aria-disabled", String(Boolean(this.problem) || this.loading || !(this.#templated || this.written.trim() || this.#going)));
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(220, this.text.scrollHeight + 2)}px`;
  }

  /** Whether a file goes along. */
  get #going() {
    return this.mode !== NOTE && desk.writing.attached.of(this.#case).some(({ state }) => state === "there");
  }

  /** Why the files that are attached cannot go yet, or at all; "" when they can. */
  get #stays() {
    const states = this.mode === NOTE ? [] : desk.writing.attached.of(this.#case).map(({ state }) => state);
    return states.includes("sending") ? say("file.wait") : states.includes("refused") ? say("file.blocked") : "";
  }

  /** The sentence why what is written cannot go now; "" when it can. It stays on the screen for as long as it holds. */
  get #blocks() {
    return this.problem || (this.loading ? say("write.loading") : this.#templated ? "" : this.#stays);
  }

  #typed() {
    desk.writing.drafts.write(this.#case, this.place, this.text.value);
    this.#measure();
    if (this.mode === NOTE && this.text.value.includes("@")) import("./mention.js").then(({ mentioning }) => mentioning(this.text));
  }

  #key(event) {
    if (inputMethodOwns(event)) return;
    if (event.key === "Escape") document.querySelector(".pane-talk").focus();
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.#send();
  }

  #take(mode) {
    if (!desk.current) return;
    desk.writing.drafts.turn(desk.selected, mode);
    this.render();
    this.text.focus();
  }

  #send() {
    const { mode, way, place, written } = this;
    if (!this.#templated) this.text.focus();
    if (this.#blocks) return this.#refuse(this.#blocks);
    if (this.#templated) return this.#sendTemplate();
    const [item, text] = [desk.current, written.trim()];
    if (!(text || this.#going)) return;
    if (mode === NOTE) desk.writing.note(item, text);
    else desk.writing.reply(item, { channel: way.channel, address: way.address, text, files: desk.writing.attached.take(this.#case) });
    desk.writing.drafts.write(this.#case, place, "");
    desk.writing.drafts.turn(this.#case, "reply");
    this.#hint(null);
    this.render();
  }

  #sendTemplate() {
    const { text, use } = this.template;
    desk.writing.reply(desk.current, { channel: this.way.channel, address: this.way.address, text, template: use, files: [] });
    this.template.clear();
    this.render();
  }

  /** Nothing is cut and nothing is sent: it is said why. */
  #refuse(problem) {
    this.why.hidden = false;
    this.why.textContent = problem;
  }
}

customElements.define("pb-composer", Composer);
