/** Writing: a reply on one of the customer's channels, or a note that no customer sees. */

import { desk } from "./desk-state.js";
import { h } from "../kit/dom.js";
import { channelWord, traitsOf } from "../kit/channels.js";
import { icon } from "../kit/icons.js";
import { inputMethodOwns } from "../kit/input-method.js";
import { NOTE } from "./drafts.js";
import { NOTE as NOTE_KEY, REPLY as REPLY_KEY } from "./keys.js";
import { measured } from "./measured.js";
import { TemplateView } from "./template-view.js";
import { Tools } from "./tools.js";
import { View } from "../kit/view.js";
import { Ways } from "./ways-view.js";
import { say } from "../kit/words.js";

class Composer extends View {
  /** The desk, or what stands in its place where a supervisor writes. */
  source = desk;
  topics = ["selected", "card", "draft", "work", "timeline"];
  #grown = "";
  #noted = false;

  build() {
    this.ways = new Ways(this.source, () => (this.render(), this.#hint(null)));
    this.className = "composer";
    this.modes = h("div.modes", { role: "radiogroup", "aria-label": say("write.mode") },
      this.#mode("reply", REPLY_KEY), this.#mode(NOTE, NOTE_KEY));
    this.area = h("textarea", { rows: 2, oninput: () => this.put(this.area.value), onkeydown: (event) => this.#key(event), onpaste: (event) => this.tools.paste(event), enterkeyhint: "send" });
    this.#grown = "";
    this.count = h("span.count", { "aria-live": "polite" });
    this.send = h("button.primary", { type: "submit" }, icon("send"), h("span"));
    this.hint = h("span.hint", { role: "status" }, say("write.hint"));
    this.why = h("p.problem", { role: "alert", hidden: true });
    this.tools = new Tools(this);
    this.template = new TemplateView(() => this.isConnected && this.caseId && this.#show());
    const foot = h("div.composer-foot", {}, this.tools.buttons, this.hint, this.count, this.send);
    this.form = h("form", { onsubmit: (event) => (event.preventDefault(), this.submit()) },
      h("div.composer-head", {}, this.modes, this.ways.node), this.ways.about, this.template.node, this.tools.place, this.area, this.tools.used, this.tools.files, this.why, foot);
    this.replaceChildren(this.form);
    this.tools.listen(this.closest(".pane-talk, .look") ?? this);
    this.stops = [this.source.on("write-reply", () => this.#take("reply")), this.source.on("write-note", () => this.#take("note"))];
  }

  leave() {
    this.ways.leave();
    for (const stop of this.stops) stop();
  }

  #mode(value, key) {
    const keys = this.source === desk;
    const input = h("input", { type: "radio", name: "mode", value, onchange: () => this.#take(value), ...(keys && { "aria-keyshortcuts": key.aria }) });
    return h("label.mode", {}, input, h("span", {}, icon(value === NOTE ? "note" : "send"), say(`write.${value}`)), keys && h("kbd", { "aria-hidden": "true" }, key.text));
  }

  /** On a case that is not ours a note can be left, and nothing else. */
  get mode() {
    return this.source.cases.isMine(this.source.current) ? this.source.writing.drafts.of(this.caseId).mode : NOTE;
  }

  get place() {
    return this.noting ? NOTE : this.ways.place;
  }

  /** What is written, for who sends it and for the tools beside it. */
  get whole() {
    return this.source.writing.drafts.text(this.caseId, this.place);
  }

  get caseId() { return this.ways.caseId; }

  get way() { return this.ways.one; }

  get noting() { return this.mode === NOTE; }

  render() {
    const item = this.source.current;
    if (!item) return;
    const card = this.source.talks.cards.get(item.customer_id);
    const followed = this.ways.follow(item, card);
    // A case that was snoozed turns the composer to notes by itself, and a note is never held.
    if (followed !== "same" || this.#noted !== this.noting) this.#hint(followed === "turned" ? this.way : null);
    this.#noted = this.noting;
    this.ways.show();
    const fitting = this.source.templates.filter(({ channel }) => channel === this.way?.channel);
    this.template.offer(`${this.caseId} ${this.ways.place}`, fitting, Boolean(this.way?.only_template), card?.language);
    if (this.area.value !== this.whole) this.area.value = this.whole;
    this.#show();
  }

  #hint(turned) {
    const back = !this.noting && this.source.undo?.[this.way?.channel];
    const usual = back ? `${say("write.hint")} · ${say("write.undo", { n: back })}` : say("write.hint");
    this.hint.textContent = turned ? say("write.turned", { channel: channelWord(turned.channel) }) : usual;
    this.hint.classList.toggle("turned", Boolean(turned));
  }

  /** Whether a template goes out in the place of what is written. */
  get #templated() {
    return this.mode !== NOTE && this.template.on;
  }

  #show() {
    const note = this.noting;
    this.classList.toggle("noting", note);
    for (const input of this.modes.querySelectorAll("input")) input.checked = input.value === this.mode;
    this.modes.querySelector("[value=reply]").disabled = !this.source.cases.isMine(this.source.current);
    this.ways.node.hidden = this.ways.about.hidden = note;
    if (note) this.template.node.hidden = true;
    this.area.hidden = this.#templated || Boolean(this.tools.editor);
    this.tools.show(this.#templated);
    this.area.placeholder = say(note ? "write.place.note" : "write.place.reply");
    this.area.setAttribute("aria-label", this.area.placeholder);
    this.send.lastChild.textContent = say(note ? "write.save" : "write.send");
    this.#measure();
  }

  #measure() {
    const { count, problem } = this.#templated ? { count: "", problem: this.template.problem } : measured(this.whole, this.noting ? this.source.noteTraits : this.way && traitsOf(this.way.channel));
    const nowhere = !this.way && !this.noting;
    this.loading = nowhere && !this.ways.all.length;
    this.problem = nowhere && this.ways.all.length ? say("write.nochannel") : problem;
    this.count.textContent = this.problem || count;
    this.count.classList.toggle("problem", Boolean(this.problem));
    if (this.why.textContent !== this.#blocks) this.why.hidden = true;
    this.send.setAttribute("aria-disabled", String(Boolean(this.problem) || this.loading || !(this.#templated || this.whole.trim() || this.#going)));
    this.#grow();
  }

  /** As high as what is written in it. That costs a layout of the page, so only where it may be another one. */
  #grow() {
    const { value, placeholder, hidden } = this.area;
    const sign = JSON.stringify([value, placeholder, hidden, innerWidth]);
    if (sign === this.#grown) return;
    this.area.style.height = "auto";
    const { scrollHeight } = this.area;
    this.area.style.height = `${Math.min(220, scrollHeight + 2)}px`;
    this.#grown = scrollHeight ? sign : "";
  }

  /** Whether a file goes along. */
  get #going() {
    return !this.noting && this.source.writing.attached.going(this.caseId);
  }

  /** The sentence why what is written cannot go now; "" when it can. It stays on the screen for as long as it holds. */
  get #blocks() {
    if (this.problem || this.loading) return this.problem || say("write.loading");
    if (this.#templated || this.noting) return "";
    const stays = this.source.writing.attached.stays(this.caseId);
    return stays ? say(`file.${stays}`) : this.tools.problem;
  }

  /** Changes what is written. */
  put(text) {
    const { drafts } = this.source.writing;
    drafts.write(this.caseId, this.place, text);
    if (!text) drafts.equip(this.caseId, { saved: null });
    if (this.area.value !== text) this.area.value = text;
    this.#measure();
    if (this.mode === NOTE && this.source === desk && this.area.value.includes("@")) import("./mention.js").then(({ mentioning }) => mentioning(this.area));
    this.tools.typed();
  }

  focus() {
    (this.tools.editor ?? this.area).focus();
  }

  #key(event) {
    if (inputMethodOwns(event)) return;
    if (this.tools.key(event)) return;
    if (event.key === "Escape") this.closest(".pane-talk")?.focus();
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.submit();
  }

  #take(mode) {
    if (!this.source.current) return;
    this.source.writing.drafts.turn(this.caseId, mode);
    this.render();
    this.focus();
  }

  submit() {
    const { mode, way, place, whole } = this;
    if (!this.#templated) this.focus();
    if (this.#blocks) return this.#refuse(this.#blocks);
    if (this.#templated) return this.#sendTemplate();
    const [item, text] = [this.source.current, whole.trim()];
    if (!(text || this.#going)) return;
    if (mode === NOTE) this.source.writing.note(item, text);
    else this.source.writing.reply(item, { channel: way.channel, address: way.address, text, files: this.source.writing.attached.take(this.caseId), ...this.tools.take() });
    this.source.writing.drafts.write(this.caseId, place, "");
    this.source.writing.drafts.turn(this.caseId, "reply");
    this.#hint(null);
    this.render();
  }

  #sendTemplate() {
    const { text, use } = this.template;
    this.source.writing.reply(this.source.current, { channel: this.way.channel, address: this.way.address, text, template: use, files: [] });
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
