/**
 * The call of the case that is open: who is on the line and since when, what is recorded, and what can be done. Only
 * what the centre says may be done stands here.
 */

import { desk } from "../desk-state.js";
import { h, reconcile, style } from "../../kit/dom.js";
import { icon } from "../../kit/icons.js";
import { ACCEPT, ADD, DROP, HANG_UP, HAND, HOLD, MUTE, RECORDING } from "../keys.js";
import { duration, secondsSince, stamp } from "../../kit/times.js";
import { View } from "../../kit/view.js";
import { say, sayOr } from "../../kit/words.js";
import { act, addNumber, droppable } from "./acts.js";
import { legName, legState, legWhy, OVER, rings } from "./legs.js";

const RECORDS = { "in-progress": "line.recording", paused: "line.paused" };
const DOORS = [
  ["hold", "pause", HOLD], ["resume", "play", HOLD], ["pause_recording", "record", RECORDING], ["resume_recording", "record", RECORDING],
  ["add", "person", ADD],
];

class CallView extends View {
  source = desk;
  topics = ["work", "selected", "card", "telephone"];
  #rung = "";

  build() {
    style("/assets/desk/desk/call/call.css");
    this.className = "call-line";
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", say("line.title"));
    this.words = h("span");
    this.time = h("span.call-time");
    this.record = h("span.call-record", { role: "status" });
    this.ring = h("p.call-ring", { role: "alert" });
    this.legs = h("ul.call-legs", { "aria-label": say("line.legs") });
    this.doors = h("div.call-doors");
    this.replaceChildren(h("div.call-head", {}, icon("phone"), h("b", {}, this.words), this.time, this.record), this.ring, this.legs, this.doors);
    this.ticker = setInterval(() => this.#tick(), 1000);
  }

  leave() {
    clearInterval(this.ticker);
  }

  get call() {
    return desk.current?.call ?? null;
  }

  render() {
    const { call } = this;
    this.hidden = !call;
    this.dataset.held = Boolean(call?.held);
    if (!call) return void (this.#rung = this.ring.textContent = "");
    this.words.textContent = say(call.held ? "line.held" : `line.spot.${call.spot}`);
    this.#recorded(call);
    this.#rings(call);
    reconcile(this.legs, call.legs.filter((leg) => !OVER.has(leg.state)).map((leg) => ({
      key: leg.id, sign: JSON.stringify([leg, call.may.includes("drop"), desk.customerName, call.number_shown]), make: () => this.#leg(leg, call),
    })));
    this.#offer(call);
    this.#tick();
  }

  #recorded({ recording, paused }) {
    const state = paused && recording === "in-progress" ? "paused" : recording;
    const said = RECORDS[state];
    this.record.hidden = !said;
    this.record.dataset.state = state;
    // The same words again would be said again.
    const words = said ? say(said) : "";
    if (this.record.textContent !== words) this.record.replaceChildren(h("i", { "aria-hidden": "true" }), words);
  }

  /** It is plain when the agent's own phone rings, and when it could not be reached. */
  #rings(call) {
    const mine = call.legs.findLast(({ role }) => role === (desk.cases.isConsult(desk.current) ? "colleague" : "agent"));
    const telephone = desk.telephone?.state === "ringing";
    const here = telephone ? "line.rings.browser" : mine && rings(mine) ? "line.rings" : "";
    const words = here ? say(here) : mine?.state === "failed" ? say("line.missed", { why: legWhy(mine) }) : "";
    this.ring.hidden = !words;
    this.ring.dataset.state = here ? "rings" : "missed";
    if (this.#rung !== words) this.ring.replaceChildren(...(words ? [icon("phone"), h("span", {}, words)] : []));
    this.#rung = words;
  }

  #leg(leg, call) {
    const customer = leg.role === "customer";
    const name = customer ? desk.customerName || call.number_shown || legName(leg) : legName(leg);
    const item = desk.current;
    const drop = call.may.includes("drop") && droppable(call).includes(leg) &&
      h("button.plain", { type: "button", title: say("line.drop.of", { name }), "aria-label": say("line.drop.of", { name }), "aria-keyshortcuts": droppable(call)[0] === leg ? DROP.aria : null, onclick: () => act(item, "drop", { leg: leg.id }) }, say("line.drop"));
    const node = h(`li.call-leg.is-${leg.state}`, {}, h("i", { "aria-hidden": "true" }), h("b", {}, name),
      h("span.quiet", {}, customer ? name !== call.number_shown && call.number_shown : leg.name && sayOr(`leg.role.${leg.role}`, leg.role)), h("span", {}, legState(leg)), h("time.quiet", { title: stamp(leg.since) }), drop);
    node.since = leg.since;
    return node;
  }

  #offer(call) {
    const item = desk.current;
    const does = { add: () => addNumber(item) };
    const doors = DOORS.filter(([name]) => call.may.includes(name)).map(([name, drawn, key]) => door(`line.${name}`, drawn, key, does[name] ?? (() => act(item, name))));
    const hand = desk.cases.isMine(item) && !item.asked && door("line.hand", "go", HAND, () => desk.announce("hand-on"));
    const end = call.may.includes("hang_up") && door("line.hang_up", "hang", HANG_UP, () => act(item, "hang_up"), ".danger");
    reconcile(this.doors, [...browser(desk.telephone), ...doors, hand, end].filter(Boolean).map((one) => ({ ...one, sign: `${one.key} ${item.case_id}` })));
  }

  #tick() {
    const { call } = this;
    if (!call) return;
    this.time.textContent = call.since ? say("line.since", { time: duration(secondsSince(call.since)) }) : "";
    for (const node of this.legs.children) if (node.since) node.querySelector("time").textContent = duration(secondsSince(node.since));
  }
}

/** A button for reconcile, named by its words. */
const door = (words, drawn, key, onclick, look = "") => ({
  key: words,
  make: () => h(`button${look}`, { type: "button", onclick, "aria-keyshortcuts": key?.aria, title: key ? `${say(words)} (${key.text})` : say(words) },
    icon(drawn), h("span", {}, say(words)), key && h("kbd", { "aria-hidden": "true" }, key.text)),
});

/** What is done with the telephone of the browser, where the agent talks in it. */
function browser(telephone) {
  if (telephone?.state === "ringing") return [door("line.pick_up", "phone", ACCEPT, () => telephone.answer(), ".primary")];
  if (telephone?.state !== "talking") return [];
  const keypad = door("line.keys", "key", null, () => import("./keypad.js").then(({ keypad: open }) => open(telephone)));
  return [door(telephone.muted ? "line.unmute" : "line.mute", "mute", MUTE, () => telephone.mute(!telephone.muted)), keypad];
}

customElements.define("pb-call", CallView);
