/** Be the customer: phones and mailboxes beside each other, each with its own number or address. */

import { h } from "/assets/desk/kit/dom.js";
import { mark } from "/assets/desk/kit/icons.js";
import { learn, say } from "/assets/desk/kit/words.js";
import { phoneOf, sipAddress, watch } from "./line-calls.js";
import { localWords } from "./local-words.js";
import "./mailbox-element.js";
import "./phone-element.js";

learn(localWords);

const KEPT = "patchbay.phones";
// Two new customers, one whom the demo week knows, and somebody who writes mails.
const FIRST = ["+821055500101", "+821000000001", "ana@example.test"];
const E164 = /^\+[1-9]\d{6,14}$/;
const MAIL = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

const phones = h("div.shelf");
const problem = h("p.problem", { role: "alert", id: "number-problem" });
const number = h("input", { placeholder: "+82 10 5550 0103, bo@example.test", autocomplete: "off", "aria-describedby": "number-problem" });

function numbers() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? FIRST;
  } catch {
    return FIRST;
  }
}

function keep(list) {
  localStorage.setItem(KEPT, JSON.stringify(list));
}

function place(value) {
  const phone = document.createElement(MAIL.test(value) ? "local-mailbox" : "local-phone");
  phone.number = value;
  phone.putAway = () => (phone.remove(), keep(numbers().filter((one) => one !== value)));
  phones.append(phone);
  return phone;
}

function add(event) {
  event.preventDefault();
  const typed = number.value.trim();
  const value = MAIL.test(typed) ? typed.toLowerCase() : typed.replaceAll(/[\s()-]/g, "").replace(/^0(?=1)/, "+82");
  problem.textContent = E164.test(value) || MAIL.test(value) ? "" : say("phone.bad");
  if (problem.textContent) return number.focus();
  const there = [...phones.children].find((phone) => phone.number === value);
  if (!there) keep([...numbers(), value]);
  (there ?? place(value)).focus();
  number.value = "";
}

/** A phone that rings is put on the shelf, so that somebody can pick it up. */
watch((calls) => {
  const there = new Set([...phones.children].map((phone) => phone.number));
  const ringing = (calls ?? []).filter((call) => call.rings && !there.has(phoneOf(call))).map(phoneOf);
  for (const value of new Set(ringing)) {
    keep([...numbers(), value]);
    place(value);
  }
});

const sip = h("p.quiet");
sipAddress().then((address) => (sip.textContent = address && say("ring.sip", { address })));

document.title = `${say("phone.title")} – Patchbay`;
const form = h("form.adder", { onsubmit: add }, h("label", {}, h("span.unseen", {}, say("phone.new")), number), h("button", { type: "submit" }, say("phone.add")), problem);
document.querySelector("#main").append(
  h("header", {}, h("a", { href: "/", "aria-label": "Patchbay" }, mark()), h("div", {}, h("h1", {}, say("phone.title")), h("p.quiet", {}, say("phone.lead")), sip), form), phones);
numbers().forEach(place);
