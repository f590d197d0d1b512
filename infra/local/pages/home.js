/** The front page of a local run: where to click, and the demo logins. */

import { h } from "/assets/desk/kit/dom.js";
import { mark } from "/assets/desk/kit/icons.js";
import { choose, currentLanguage, learn, say } from "/assets/desk/kit/words.js";
import { localWords } from "./local-words.js";

learn(localWords);

const CUSTOMER = ["phone", "chat"];
const STAFF = ["desk", "supervisor", "wall", "admin"];

async function logins() {
  try {
    const answer = await fetch("/local/logins");
    return answer.ok ? (await answer.json()).items : [];
  } catch {
    return [];
  }
}

const place = (name) =>
  h("li", {}, h("a.place", { href: `/${name}`, target: `patchbay-${name}` },
    h("b", {}, say(`place.${name}`)), h("span.quiet", {}, say(`place.${name}.what`)), h("span.code", {}, `/${name}`)));

const group = (key, names) => h("section", {}, h("h2", {}, say(key)), h("ul.places", {}, names.map(place)));

function copied(text) {
  const button = h("button.plain.code", { type: "button", onclick: copy }, text);
  async function copy() {
    await navigator.clipboard.writeText(text);
    button.textContent = say("home.copied");
    setTimeout(() => (button.textContent = text), 1200);
  }
  return button;
}

function loginTable(items) {
  if (!items.length) return h("p.empty", {}, say("home.nologins"));
  const title = (key) => h("th", { scope: "col" }, say(key));
  const row = ({ email, password, groups }) =>
    h("tr", {}, h("td", {}, copied(email)), h("td", {}, copied(password)), h("td", {}, groups.join(", ")));
  return h("div.table-frame", {}, h("table", {},
    h("thead", {}, h("tr", {}, title("home.email"), title("home.password"), title("home.groups"))), h("tbody", {}, items.map(row))));
}

function language(items) {
  const next = currentLanguage() === "ko" ? ["en", "English"] : ["ko", "한국어"];
  return h("button.plain", { type: "button", lang: next[0], onclick: () => (choose(next[0]), show(items)) }, next[1]);
}

function show(items) {
  document.title = say("home.title");
  document.querySelector("#main").replaceChildren(
    h("header", {}, mark(), h("h1", {}, say("home.title")), language(items)),
    h("p.lead", {}, say("home.lead")),
    h("div.sides", {}, group("home.customer", CUSTOMER), group("home.staff", STAFF)),
    h("section", {}, h("h2", {}, say("home.logins")), loginTable(items)));
}

show(await logins());
