/** The telephone in a phone: ring the centre, hear it as text, press keys, speak, pick up, hang up. */

import { h, reconcile } from "/assets/desk/kit/dom.js";
import { say } from "/assets/desk/kit/words.js";
import { act, live, look, phoneOf, soundOf, watch } from "./line-calls.js";

const KEYS = [..."123456789*0#"];

class LocalCall extends HTMLElement {
  #call = null;

  connectedCallback() {
    this.className = "line";
    this.state = h("p.state.small", { role: "status" });
    this.heard = h("div.heard", { role: "log", "aria-live": "polite", "aria-label": say("ring.heard", { number: this.number }), tabindex: "0" });
    this.problem = h("p.problem.small", { role: "alert" });
    this.acts = h("div.acts");
    this.pad = h("div.pad", { role: "group", "aria-label": say("ring.keys") }, KEYS.map((key) => this.#key(key)));
    this.words = h("input", { placeholder: say("ring.say"), "aria-label": say("ring.say"), autocomplete: "off" });
    this.speak = h("form", { onsubmit: (event) => this.#speak(event) }, this.words, h("button", { type: "submit" }, say("ring.speak")));
    this.replaceChildren(h("div.top", {}, this.state, this.acts), this.heard, this.pad, this.speak, this.problem);
    this.#render();
    this.unwatch = watch((calls) => this.#take(calls));
    look();
  }

  disconnectedCallback() {
    this.unwatch();
  }

  #take(calls) {
    const mine = (calls ?? []).filter((call) => phoneOf(call) === this.number);
    const next = mine.findLast(live) ?? mine.at(-1) ?? null;
    if (calls === null || JSON.stringify(next) === JSON.stringify(this.#call)) return;
    this.#call = next;
    this.#render();
  }

  #render() {
    const call = this.#call;
    const talks = Boolean(call) && live(call) && !call.rings;
    this.classList.toggle("rings", Boolean(call?.rings));
    this.state.textContent = call ? this.#stateOf(call) : "";
    this.heard.hidden = !call?.heard.length && !call?.recordings.length;
    this.pad.hidden = this.speak.hidden = !talks;
    reconcile(this.acts, this.#buttons(call, talks));
    const atEnd = this.heard.scrollHeight - this.heard.scrollTop - this.heard.clientHeight < 60;
    reconcile(this.heard, [...(call?.heard ?? []).map((one) => this.#line(call, one)), ...(call?.recordings ?? []).map((one) => this.#sound(one))]);
    if (atEnd) this.heard.scrollTop = this.heard.scrollHeight;
  }

  #stateOf(call) {
    if (call.rings) return say("ring.rings", { number: call.from });
    if (!live(call)) return say(`ring.state.${call.state.replace("-", "_")}`);
    return say(call.room ? "ring.talks" : call.queue ? "ring.waits" : "ring.state.in_progress");
  }

  #buttons(call, talks) {
    const button = (name, spec = "button") => ({ key: name, sign: "", make: () => h(spec, { type: "button", onclick: () => this.#do(name) }, say(`ring.act.${name}`)) });
    if (call?.rings) return [button("pick_up", "button.primary"), button("decline")];
    return [talks ? button("hang_up") : button("call")];
  }

  #line(call, one) {
    const text = say(`ring.heard.${one.kind}`, { text: one.text, who: one.who });
    const spec = ["keys", "spoken"].includes(one.kind) ? "p.mine" : one.kind === "words" || one.kind === "person" ? "p" : "p.quiet";
    const times = one.times > 1 ? ` ×${one.times}` : "";
    return { key: `${call.call_sid}-${one.n}`, sign: times, make: () => h(spec, { dir: "auto" }, text + times) };
  }

  /** In a tab of its own: a page of the centre plays sound from its file store alone. */
  #sound(recording) {
    const link = () => h("a", { href: soundOf(recording), target: "_blank" }, say("ring.recording", { seconds: recording.seconds }));
    return { key: recording.sid, sign: recording.state + recording.seconds, make: () => h("p.quiet", {}, recording.state === "completed" ? link() : say("ring.recorded", { state: recording.state })) };
  }

  #key(key) {
    return h("button", { type: "button", onclick: () => this.#told("keys", { call_sid: this.#call.call_sid, digits: key }) }, key);
  }

  #speak(event) {
    event.preventDefault();
    const text = this.words.value.trim();
    this.words.value = "";
    if (text) this.#told("say", { call_sid: this.#call.call_sid, text });
  }

  #do(name) {
    this.#told(name, name === "call" ? { from: this.number } : { call_sid: this.#call.call_sid });
  }

  async #told(name, told) {
    try {
      await act(name, told);
      this.problem.textContent = "";
    } catch (error) {
      this.problem.textContent = say("ring.failed", { why: error.message });
    }
  }
}

customElements.define("local-call", LocalCall);
