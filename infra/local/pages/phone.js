/** Be the customer on SMS: several phones beside each other, each with its own number. */

import { h } from "/assets/desk/kit/dom.js";
import { mark } from "/assets/desk/kit/mark.js";
import { learn, say } from "/assets/desk/kit/words.js";
import { localWords } from "./local-words.js";
import "./phone-element.js";

learn(localWords);

const KEPT = "patchbay.phones";
// Two new customers, and one whom the demo week knows.
const FIRST = ["+821055500101", "+821055500102", "+821000000001"];
const E164 = /^\+[1-9]\d{6,14}$/;

const phones = h("div.shelf");
const problem = h("p.problem", { role: "alert", id: "number-problem" });
const number = h("input", { type: "tel", placeholder: "+82 10 5550 0103", autocomplete: "off", "aria-describedby": "number-problem" });

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
  const phone = document.createElement("local-phone");
  phone.number = value;
  phone.putAway = () => (phone.remove(), keep(numbers().filter((one) => one !== value)));
  phones.append(phone);
  return phone;
}

function add(event) {
  event.preventDefault();
  const value = number.value.replaceAll(/[\s()-]/g, "").replace(/^0(?=1)/, "+82");
  problem.textContent = E164.test(value) ? "" : say("phone.bad");
  if (problem.textContent) return number.focus();
  const there = [...phones.children].find((phone) => phone.number === value);
  if (!there) keep([...numbers(), value]);
  (there ?? place(value)).focus();
  number.value = "";
}

document.title = `${say("phone.title")} – Patchbay`;
const form = h("form.adder", { onsubmit: add }, h("label", {}, h("span.unseen", {}, say("phone.new")), number), h("button", { type: "submit" }, say("phone.add")), problem);
document.querySelector("#main").append(
  h("header", {}, h("a", { href: "/", "aria-label": "Patchbay" }, mark()), h("div", {}, h("h1", {}, say("phone.title")), h("p.quiet", {}, say("phone.lead"))), form), phones);
numbers().forEach(place);
