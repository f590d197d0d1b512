/**
 * A mail with bold letters, lists, links and quotes: what may stand in it is the list below, whatever is typed or
 * pasted. The centre keeps the same list (shared/domain/channel/rich.py) and sends the plain text along.
 */

import { ask } from "../../kit/dialog.js";
import { h } from "../../kit/dom.js";
import { icon } from "../../kit/icons.js";
import { inputMethodOwns } from "../../kit/input-method.js";
import { learn, say } from "../../kit/words.js";
import { writeWords } from "./write-words.js";

learn(writeWords);

const KEPT = { B: "b", STRONG: "b", I: "i", EM: "i", UL: "ul", OL: "ol", LI: "li", A: "a", BLOCKQUOTE: "blockquote", P: "p", DIV: "p", BR: "br", H1: "p", H2: "p", H3: "p", H4: "p" };
const DROPPED = new Set(["SCRIPT", "STYLE", "TITLE", "TEMPLATE", "IFRAME", "OBJECT", "NOSCRIPT", "SVG", "MATH", "HEAD"]);
const BLOCKS = new Set(["p", "ul", "ol", "li", "blockquote"]);
export const ADDRESS = /^(https?:\/\/|mailto:)\S+$/i;

/** Only what may stand in it, of nodes that were parsed and never shown. */
export function cleaned(nodes) {
  const kept = [];
  for (const node of nodes) {
    if (node.nodeType === Node.TEXT_NODE) kept.push(document.createTextNode(node.data));
    if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.tagName.toUpperCase())) continue;
    const name = KEPT[node.tagName.toUpperCase()];
    const inside = cleaned(node.childNodes);
    const href = node.getAttribute("href")?.trim() ?? "";
    if (!name || (name === "a" && !ADDRESS.test(href))) kept.push(...inside);
    else kept.push(h(name, name === "a" ? { href, rel: "noopener noreferrer" } : {}, inside));
  }
  return kept;
}

const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body.childNodes; // runs nothing and loads nothing

/** A plain text as the form of a mail: a paragraph for each line. */
export function htmlOf(text) {
  const box = h("div");
  box.append(...text.split("\n").map((line) => h("p", {}, line || h("br"))));
  return box.getHTML();
}

/** The words alone, a line for each block. */
export function textOf(nodes) {
  const lines = [""];
  const walk = (node, mark) => {
    if (node.nodeType === Node.TEXT_NODE) return void (lines[lines.length - 1] += node.data.replace(/\s+/g, " "));
    const name = node.tagName?.toLowerCase();
    const number = name === "li" && node.parentNode?.tagName === "OL" ? `${[...node.parentNode.children].indexOf(node) + 1}. ` : "- ";
    const next = name === "blockquote" ? `${mark}> ` : mark;
    if (name === "br" || (BLOCKS.has(name) && lines.at(-1) !== "")) lines.push("");
    if (BLOCKS.has(name) && name !== "ul" && name !== "ol" && lines.at(-1) === "") lines[lines.length - 1] = next + (name === "li" ? number : "");
    for (const child of node.childNodes) walk(child, next);
    if (BLOCKS.has(name) && lines.at(-1) !== "") lines.push("");
  };
  for (const node of nodes) walk(node, "");
  return lines.join("\n").trim();
}

export class RichText {
  #changed;
  #range = null;

  /** `changed(html, text)` after each change. `writer.submit` is never called by Enter: a mail has lines. */
  constructor(changed, writer) {
    this.#changed = changed;
    const button = (key, act, words, letters) => h("button.plain.tool", { type: "button", "aria-label": say(key), title: say(key), onmousedown: (event) => event.preventDefault(), onclick: act }, h(words, {}, letters));
    const run = (command, value) => () => this.#run(command, value);
    this.bar = h("div.rich-bar", { role: "toolbar", "aria-label": say("rich.bar") },
      button("rich.bold", run("bold"), "b", "B"), button("rich.italic", run("italic"), "i", "I"), button("rich.list", run("insertUnorderedList"), "span", "•"),
      button("rich.numbers", run("insertOrderedList"), "span", "1."), button("rich.quote", run("formatBlock", "blockquote"), "span", "❝"), button("rich.link", () => this.#link(), "span", icon("link")));
    this.area = h("div.rich-area", { contenteditable: "true", role: "textbox", "aria-multiline": "true", "aria-label": say("rich.area"), oninput: () => this.#tell(), onpaste: (event) => this.#paste(event, writer), onkeydown });
    this.node = h("div.rich", {}, this.bar, this.area);

    function onkeydown(event) {
      if (inputMethodOwns(event)) return;
      if (event.key === "Escape") document.querySelector(".pane-talk").focus();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) (event.preventDefault(), writer.submit());
    }
  }

  show(html) {
    this.node.hidden = false;
    if (html === this.html) return;
    this.area.replaceChildren(...cleaned(parsed(html)));
  }

  get html() {
    const box = h("div");
    box.append(...cleaned(this.area.childNodes));
    return box.getHTML();
  }

  focus() {
    this.area.focus();
  }

  type(text) {
    this.area.focus();
    this.#run("insertText", text);
  }

  #tell() {
    this.#changed(this.html, textOf(cleaned(this.area.childNodes)));
  }

  /** Deprecated by name, and the only way of a browser that keeps its own undo. */
  #run(command, value) {
    this.area.focus();
    document.execCommand("defaultParagraphSeparator", false, "p");
    document.execCommand("styleWithCSS", false, false);
    document.execCommand(command, false, value);
    this.#tell();
  }

  #paste(event, writer) {
    if (event.clipboardData.files.length && !event.clipboardData.getData("text/html")) return writer.tools.paste(event);
    event.preventDefault();
    const html = event.clipboardData.getData("text/html");
    const nodes = html ? cleaned(parsed(html)) : cleaned(parsed(htmlOf(event.clipboardData.getData("text/plain"))));
    const selection = getSelection();
    selection.deleteFromDocument();
    const fragment = document.createDocumentFragment();
    fragment.append(...nodes);
    const range = selection.getRangeAt(0);
    range.insertNode(fragment);
    range.collapse(false);
    this.#tell();
  }

  #link() {
    const selection = getSelection();
    this.#range = selection.rangeCount && this.area.contains(selection.anchorNode) ? selection.getRangeAt(0).cloneRange() : null;
    const field = h("label.field", {}, h("span", {}, say("rich.link.address")), h("input", { name: "address", type: "url", autocomplete: "off", value: "https://" }));
    ask(say("rich.link.title"), say("rich.link.save"), [field], ({ address }) => {
      if (!ADDRESS.test(address.trim())) throw new Error(say("rich.link.bad"));
      this.#set(address.trim());
    });
  }

  #set(address) {
    const range = this.#range ?? document.createRange();
    if (!this.#range) (range.selectNodeContents(this.area), range.collapse(false));
    const text = range.toString() || address;
    range.deleteContents();
    range.insertNode(h("a", { href: address, rel: "noopener noreferrer" }, text));
    this.#tell();
  }
}
