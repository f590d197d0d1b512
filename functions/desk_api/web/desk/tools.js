/**
 * What stands around the text of a reply: files, saved replies, emoji, letters in bold. What is used now and then is
 * loaded when it is asked for.
 */

import { fileChip } from "./file-view.js";
import { h, reconcile } from "../kit/dom.js";
import { traitsOf } from "../kit/channels.js";
import { icon } from "../kit/icons.js";
import { say } from "../kit/words.js";

const NAMED = /(^|\s):[\p{L}\d_+]{1,30}$/u; // an emoji that is being named, before the caret
const TYPING = 3000; // milliseconds between two words that somebody writes

export class Tools {
  #writer;
  #naming = null;
  #said = 0;

  /** `writer`: {source: the desk or what stands in its place, caseId, way, noting, area, put(text), render(), whole}. */
  constructor(writer) {
    this.#writer = writer;
    this.input = h("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", onchange: () => (this.#attach([...this.input.files]), (this.input.value = "")) });
    this.attach = this.#button("file.attach", "clip", () => this.input.click());
    this.saved = this.#button("tool.saved", "saved", () => this.#open(() => import("./saved/picker.js")));
    this.emoji = this.#button("tool.emoji", "smile", () => this.#open(() => import("./write/emoji-picker.js")));
    this.rich = this.#button("tool.rich", "bold", () => this.#turnRich());
    this.buttons = h("div.tools", { role: "group", "aria-label": say("tool.all") }, this.attach, this.saved, this.emoji, this.rich, this.input);
    this.place = h("div.tool-place");
    this.used = h("div.saved-used", { hidden: true });
    this.files = h("ul.chips", { "aria-label": say("file.attached") });
  }

  #button(key, drawing, onclick) {
    return h("button.plain.tool", { type: "button", onclick, "aria-label": say(key), title: say(key) }, icon(drawing));
  }

  /** Where files may be dropped: the whole conversation. */
  listen(pane) {
    const hold = (event, then) => {
      // a file that nobody takes would be opened by the browser, in the place of the desk
      if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
      event.preventDefault();
      if (this.attach.hidden) event.dataTransfer.dropEffect = "none";
      else then();
    };
    pane.addEventListener("dragover", (event) => hold(event, () => pane.classList.add("dropping")));
    pane.addEventListener("dragleave", (event) => pane.contains(event.relatedTarget) || pane.classList.remove("dropping"));
    pane.addEventListener("drop", (event) => (pane.classList.remove("dropping"), hold(event, () => this.#attach([...event.dataTransfer.files]))));
  }

  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || this.attach.hidden) return;
    event.preventDefault();
    this.#attach(files);
  }

  show(templated) {
    const { noting, caseId, way } = this.#writer;
    const traits = way && traitsOf(way.channel);
    const reply = !noting && !templated;
    this.attach.hidden = !reply || !traits?.files;
    this.saved.hidden = !reply;
    this.emoji.hidden = templated;
    this.rich.hidden = !reply || !traits?.rich;
    this.files.hidden = !reply;
    this.#showFiles(caseId);
    this.#showUsed(reply ? this.#draft.saved : null);
    this.#showRich(reply && traits?.rich ? this.#draft.rich : null);
    this.place.hidden = templated;
    if (this.place.dataset.of !== caseId) this.shut();
  }

  shut() {
    this.place.replaceChildren();
    this.place.dataset.of = this.#writer.caseId;
  }

  get #desk() { return this.#writer.source; }

  get #draft() { return this.#desk.writing.drafts.of(this.#writer.caseId); }

  /** What of the saved reply is still to be filled in, as a sentence. */
  get problem() {
    const names = this.#writer.noting ? [] : openPlaces(this.#draft.saved, this.#writer.whole);
    return names.length ? say("saved.open", { names: names.join(", ") }) : "";
  }

  /** The editor of letters in bold, while it takes the place of the text. */
  get editor() {
    return this.richText?.node.isConnected && !this.richText.node.hidden ? this.richText : null;
  }

  /** What goes along with a reply besides its text, and is taken away with it. */
  take() {
    const { saved, rich } = this.#draft;
    this.#desk.writing.drafts.equip(this.#writer.caseId, { saved: null, rich: null });
    return { ...(saved && { used: saved }), ...(this.editor && rich && { html: rich }) };
  }

  /** Whether the key was for one of the tools. */
  key(event) {
    const { area, whole, noting } = this.#writer;
    if (this.#naming?.key(event)) return true;
    if (event.key === "/" && !whole && !noting && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      this.#open(() => import("./saved/picker.js"));
      return true;
    }
    if (event.key !== "Tab" || event.shiftKey || !this.#usedView) return false;
    return this.#usedView.step(area) && (event.preventDefault(), true);
  }

  typed() {
    const { area, noting, way, caseId } = this.#writer;
    if (NAMED.test(area.value.slice(0, area.selectionStart))) this.#name();
    else this.#naming?.stop();
    if (noting || !way || Date.now() - this.#said < TYPING || !traitsOf(way.channel)?.typing) return;
    this.#said = Date.now();
    this.#desk.live.send({ action: "typing", customer_id: this.#desk.current.customer_id, case_id: caseId });
  }

  async #name() {
    const { Naming } = await import("./write/emoji-names.js");
    this.#naming ??= new Naming(this.#writer.area, () => this.#writer.put(this.#writer.area.value));
    this.#naming.look();
  }

  /** What is typed into the empty text while the panel is loaded was meant for its field. */
  async #open(load) {
    const { whole, caseId, area } = this.#writer;
    const { open } = await load();
    if (caseId !== this.#writer.caseId) return;
    const typed = whole ? "" : area.value;
    if (typed) this.#writer.put("");
    this.shut();
    open(this.place, this.#writer, () => (this.shut(), this.#writer.focus()), typed);
  }

  async #turnRich() {
    const { drafts } = this.#desk.writing;
    const on = !this.editor;
    const { htmlOf } = await import("./write/rich.js");
    drafts.equip(this.#writer.caseId, { rich: on ? htmlOf(this.#writer.whole) : null });
    this.#writer.render();
    if (on) await this.#showRich(this.#draft.rich); // the editor is there now, so it gets the focus
    this.#writer.focus();
  }

  async #showRich(html) {
    this.rich.setAttribute("aria-pressed", String(Boolean(html ?? false)));
    if (html === null || html === undefined) return this.#hideRich();
    const { caseId } = this.#writer;
    const { RichText } = await import("./write/rich.js");
    if (caseId !== this.#writer.caseId) return;
    this.richText ??= new RichText((made, text) => {
      this.#desk.writing.drafts.equip(this.#writer.caseId, { rich: made });
      this.#writer.put(text);
    }, this.#writer);
    if (!this.richText.node.isConnected) this.#writer.area.before(this.richText.node);
    this.richText.show(html);
    this.#writer.area.hidden = true;
    this.#writer.hint.textContent = say("rich.hint");
  }

  #hideRich() {
    if (!this.editor) return;
    this.richText.node.hidden = true;
    this.#writer.area.hidden = false;
    this.#writer.hint.textContent = say("write.hint");
  }

  async #showUsed(saved) {
    this.used.hidden = !saved;
    this.#usedView = saved ? this.#usedView : null;
    if (!saved) return;
    const { usedView } = await import("./saved/used.js");
    if (this.#draft.saved !== saved) return;
    this.#usedView = usedView(this.used, saved, this.#writer);
  }

  #usedView = null;

  #attach(files) {
    const { caseId, way } = this.#writer;
    if (way) this.#desk.writing.attached.add(caseId, way.channel, files);
  }

  #chip(caseId, one) {
    const { attached } = this.#desk.writing;
    return fileChip(one, () => (attached.remove(caseId, one), this.#writer.focus()), () => attached.again(caseId, one));
  }

  #showFiles(caseId) {
    const of = this.#desk.writing.attached.of(caseId);
    reconcile(this.files, of.map((one) => ({ key: one.key, sign: `${one.state} ${one.reason ?? ""}`, make: () => this.#chip(caseId, one) })));
    for (const [n, one] of of.entries()) if (one.state === "sending") this.files.children[n].querySelector("progress").value = one.sent ?? 0;
  }
}

/** The places of a saved reply that still stand in the text. As shared/domain/variables.py. */
export const openPlaces = (saved, text) => (saved?.places ?? []).filter((name) => text.includes(`{${name}}`));
