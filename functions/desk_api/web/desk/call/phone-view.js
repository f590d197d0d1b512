/** Where an agent's calls ring: set by themselves, or shown where the settings name it. */

import { desk } from "../desk-state.js";
import { call } from "../../kit/api.js";
import { ask, show } from "../../kit/dialog.js";
import { h } from "../../kit/dom.js";
import { toast } from "../../kit/toast.js";
import { say } from "../../kit/words.js";
import "./call-words.js";

const BROWSER = "browser";
const WRITTEN = /^(?:sips?:[^@\s]+@[^@\s]+|\+?[\d][\d\s().-]{6,})$/i;

/** "client:…" is what the carrier calls a browser: nobody reads that. */
const inBrowser = () => desk.phone?.startsWith("client:");

export function myPhone() {
  if (!desk.ownPhones) return told();
  const field = h("input", { name: "phone", type: "text", inputmode: "tel", autocomplete: "tel", value: inBrowser() ? "" : desk.phone ?? "", placeholder: "010-0000-0000", "aria-describedby": "phone-hint" });
  const number = h("div", {}, h("label.field", {}, h("span", {}, say("mine.number")), field), h("p.quiet.small", { id: "phone-hint" }, say("mine.hint")));
  const dialog = ask(say("mine.title"), say("mine.save"), [h("p.quiet", {}, say("mine.lead")), desk.callsBrowser && places(number), number].filter(Boolean), save);
  number.hidden = inBrowser();
  return dialog;
}

function told() {
  const now = desk.phone ? h("p", {}, h("b.call-number", {}, desk.phone)) : h("p", {}, say("mine.none"));
  return show(say("mine.title"), [now, h("p.quiet", {}, say("mine.settings"))], { doors: true });
}

/** A telephone, or this browser. */
function places(number) {
  const pick = ({ target }) => (number.hidden = target.value === BROWSER);
  const choice = (value, key, checked) =>
    h("label.choice", {}, h("input", { type: "radio", name: "where", value, checked, onchange: pick }), h("span", {}, say(key)));
  return h("div.choices", { role: "radiogroup", "aria-label": say("mine.where") },
    choice("own", "mine.own", !inBrowser()), choice(BROWSER, "mine.browser", inBrowser()));
}

async function save({ where, phone: typed }) {
  const wanted = where === BROWSER ? BROWSER : typed.trim();
  if (wanted && wanted !== BROWSER && !WRITTEN.test(wanted)) throw new Error(say("mine.wrong"));
  const answer = await call("PUT", "/me/desk", { phone: wanted });
  desk.phone = answer.phone ?? wanted;
  desk.announce("me");
  if (inBrowser()) toast(say("mine.saved.browser"));
  else toast(desk.phone ? say("mine.saved", { phone: desk.phone }) : say("mine.removed"));
  await desk.refresh().catch(() => {});
}
