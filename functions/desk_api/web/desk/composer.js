/** Writing: a reply on one of the customer's channels, or a note that no customer sees. */

import { desk } from "./desk-state.js";
import { h } from "../kit/dom.js";
import { channelMark, channelWord, lengthOn, traitsOf } from "../kit/channels.js";
import { icon } from "../kit/icons.js";
import { NOTE, REPLY } from "./keys.js";
import { replyWay, wayKey, wroteBy } from "./reply-way.js";
import { segments } from "./segments.js";
import { View } from "../kit/view.js";
import { say, sayOr } from "../kit/words.js";

class Composer extends View {
  source = desk;
  topics = ["selected", "card", "draft", "work", "timeline"];
  #customer = "";
  #case = "";
  #signs = "";
  way = null;

  build() {
    this.className = "composer";
    this.modes = h("div.modes", { role: "radiogroup", "aria-label": say("write.mode") },
      this.#mode("reply", REPLY), this.#mode("note", NOTE));
    this.channels = h("div.reply-channels", { role: "radiogroup", "aria-label": say("write.channel") });
    this.text = h("textarea", { rows: 2, oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), enterkeyhint: "send" });
    this.count = h("span.count", { "aria-live": "polite" });
    this.send = h("button.primary", { type: "submit" }, icon("send"), h("span"));
    this.hint = h("span.hint", { role: "status" }, say("write.hint"));
    const foot = h("div.composer-foot", {}, this.hint, this.count, this.send);
    this.form = h("form", { onsubmit: (event) => (event.preventDefault(), this.#send()) },
      h("div.composer-head", {}, this.modes, this.channels), this.text, foot);
    this.replaceChildren(this.form);
    this.stops = [desk.on("write-reply", () => this.#take("reply")), desk.on("write-note", () => this.#take("note"))];
  }

  leave() {
    for (const stop of this.stops) stop();
  }

  #mode(value, key) {
    const input = h("input", { type: "radio", name: "mode", value, onchange: () => this.#take(value), "aria-keyshortcuts": key.aria });
    return h("label.mode", {}, input, h("span", {}, icon(value === "note" ? "note" : "send"), say(`write.${value}`)), h("kbd", { "aria-hidden": "true" }, key.text));
  }

  get draft() {
    const drafts = desk.talks.drafts;
    if (!drafts.has(this.#customer)) drafts.set(this.#customer, { mode: "reply", text: "" });
    return drafts.get(this.#customer);
  }

  /** On a case that is not ours a note can be left, and nothing else. */
  get mode() {
    return desk.cases.isMine(desk.current) ? this.draft.mode : "note";
  }

  render() {
    const item = desk.current;
    if (!item) return;
    const moved = this.#customer !== item.customer_id;
    this.#customer = item.customer_id;
    this.ways = desk.talks.cards.get(item.customer_id)?.reply_channels ?? [];
    this.#follow(item);
    this.#showChannels();
    if (moved || this.text.value !== this.draft.text) this.text.value = this.draft.text;
    this.#show();
  }

  /** The way of the reply is the customer's, or the agent's choice. Who has begun to write is told when it turns. */
  #follow(item) {
    const before = this.#case === item.case_id ? this.way : null;
    this.#case = item.case_id;
    this.wrote = wroteBy(this.ways, desk.talks.timeline(item.customer_id).heardOn(item.case_id));
    this.way = replyWay(this.ways, this.wrote, desk.talks.choices.get(item.case_id));
    const turned = before && this.way && wayKey(before) !== wayKey(this.way) && this.draft.text.trim();
    if (!before || turned) this.#hint(turned ? this.way : null);
  }

  #choose(way) {
    desk.talks.choices.set(this.#case, { way: wayKey(way), against: this.wrote });
    this.way = way;
    this.#hint(null);
    this.#showChannels();
    this.#show();
  }

  #hint(turned) {
    this.hint.textContent = turned ? say("write.turned", { channel: channelWord(turned.channel) }) : say("write.hint");
    this.hint.classList.toggle("turned", Boolean(turned));
  }

  #showChannels() {
    const signs = JSON.stringify([this.ways, this.ways.map(leftBy), this.way]);
    if (signs === this.#signs) return;
    this.#signs = signs;
    const focused = this.channels.contains(document.activeElement);
    this.channels.replaceChildren(...this.ways.map((way) => this.#channel(way)));
    if (focused) this.channels.querySelector(":checked")?.focus();
  }

  #channel(way) {
    const value = wayKey(way);
    const reason = way.allowed ? leftBy(way) : way.reason;
    const why = reason && h("small", {}, sayOr(`refused.${reason}`, reason));
    const checked = this.way && value === wayKey(this.way);
    const input = h("input", { type: "radio", name: "way", value, disabled: !way.allowed, checked, onchange: () => this.#choose(way) });
    return h(way.allowed ? "label.way" : "label.way.refused", {}, input, channelMark(way.channel), h("span.way-address", {}, way.display), why);
  }

  #show() {
    const note = this.mode === "note";
    this.classList.toggle("noting", note);
    for (const input of this.modes.querySelectorAll("input")) input.checked = input.value === this.mode;
    this.modes.querySelector("[value=reply]").disabled = !desk.cases.isMine(desk.current);
    this.channels.hidden = note;
    this.text.placeholder = say(note ? "write.place.note" : "write.place.reply");
    this.text.setAttribute("aria-label", this.text.placeholder);
    this.send.lastChild.textContent = say(note ? "write.save" : "write.send");
    this.#measure();
  }

  #measure() {
    const { mode, draft: { text } } = this;
    const traits = mode === "reply" && this.way ? traitsOf(this.way.channel) : null;
    const over = traits ? lengthOn(traits, text.trim()).over : 0;
    const silent = mode === "reply" && !this.way && this.ways.length;
    this.count.textContent = silent ? say("write.nochannel") : traits && text.trim() ? counted(traits, text.trim()) : "";
    this.count.classList.toggle("problem", Boolean(silent) || over > 0);
    this.ready = text.trim() && over <= 0 && (mode === "note" || this.way);
    this.send.disabled = !this.ready;
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(220, this.text.scrollHeight + 2)}px`;
  }

  #typed() {
    this.draft.text = this.text.value;
    this.#measure();
  }

  #key(event) {
    // While a Korean syllable is being composed, Enter belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #take(mode) {
    if (!desk.current) return;
    this.render();
    this.draft.mode = mode;
    this.#show();
    this.text.focus();
  }

  #send() {
    if (!this.ready) return;
    const { mode, draft: { text } } = this;
    const item = desk.current;
    if (mode === "note") desk.talks.note(item, text.trim());
    else desk.talks.reply(item, { channel: this.way.channel, address: this.way.address, text: text.trim() });
    Object.assign(this.draft, { text: "", mode: "reply" });
    this.#hint(null);
    this.text.value = "";
    this.#show();
    this.text.focus();
  }
}

/** Who left a live channel reads on only when they come back: the agent is to know before writing there. */
function leftBy({ channel }) {
  const { case_id, customer_id } = desk.current;
  const here = desk.talks.cards.get(customer_id)?.cases.find((one) => one.case_id === case_id)?.interactions ?? [];
  const last = here.findLast((one) => one.channel === channel);
  return traitsOf(channel)?.live && last?.ended_by === "customer" ? "left" : "";
}

/** By how much a text is too long, or how many parts the carrier bills; a channel that fits and bills no parts is silent. */
function counted(traits, text) {
  const { length, over } = lengthOn(traits, text);
  const channel = channelWord(traits.name);
  if (over) return say(`write.toolong.${traits.text_unit}`, { n: over, channel });
  return traits.counts_parts ? say("write.parts", { n: length, parts: segments(text), channel }) : "";
}

customElements.define("pb-composer", Composer);
