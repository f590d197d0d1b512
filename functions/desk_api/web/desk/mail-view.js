/** What a mail has besides its text: subject, who wrote and who got it, warnings, what it repeats, its own form. */

import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { linked } from "../kit/links.js";
import { say, sayOr } from "../kit/words.js";
import { mailFrame } from "./mail-frame.js";

/** Above the text of a mail. Whoever the sender only claims to be is said first. */
export function mailHead({ mail, facts }) {
  if (!mail) return [];
  const row = (name, value) => value && h("div", {}, h("dt", {}, say(`mail.${name}`)), h("dd", { dir: "auto" }, value));
  const rows = [row("from", mail.sender), row("to", mail.to), row("cc", mail.cc.join(", ")), row("answers", mail.answers_to)];
  return [
    facts?.unproven && warning("mail.unproven", ".bad"),
    facts?.automatic && warning("mail.automatic", "", "auto"),
    h("p.mail-subject", { dir: "auto" }, mail.subject || say("mail.nosubject")),
    h("dl.mail-rows", {}, rows),
    ...mail.problems.map((problem) => h("p.line-media", {}, icon("warn"), sayOr(`mail.problem.${problem}`, problem))),
  ].filter(Boolean);
}

const warning = (key, tone, drawing = "warn") => h(`p.mail-warning${tone}`, {}, icon(drawing), say(key));

/** Below the text: what was repeated, and the mail as its sender made it. */
export function mailMore(entry) {
  const { mail } = entry;
  if (!mail) return [];
  return [mail.quoted && unfolded("mail.quoted", () => h("div.mail-quoted", { dir: "auto" }, linked(mail.quoted))),
    mail.body === "html" && unfolded("mail.html", () => mailFrame(entry))].filter(Boolean);
}

/** A button that shows and hides what it makes at the first click. */
function unfolded(key, make) {
  const box = h("div.mail-inside", { hidden: true });
  const button = h("button.plain", { type: "button", "aria-expanded": "false", onclick: () => {
    box.hidden = !box.hidden;
    if (!box.firstChild) box.append(make());
    button.setAttribute("aria-expanded", String(!box.hidden));
    button.textContent = say(`${key}.${box.hidden ? "show" : "hide"}`);
  } }, say(`${key}.show`));
  return h("div.mail-more", {}, button, box);
}
