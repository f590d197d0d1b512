/**
 * Offers: who asks and why you, how long is left, accept or decline without leaving the keyboard. Their place is
 * kept free beside every pane, so that nothing moves when one comes. While none rings it says where the agent
 * stands, and whoever missed one says here that they are back.
 */

import { desk } from "./desk-state.js";
import { h, reconcile } from "../kit/dom.js";
import { callsOn, channelMark, channelWord, isCall } from "../kit/channels.js";
import { icon } from "../kit/icons.js";
import { needChips, queueName } from "../kit/labels.js";
import { ACCEPT, DECLINE, myPhone, reach } from "./keys.js";
import { duration, secondsSince, serverNow } from "../kit/times.js";
import { View } from "../kit/view.js";
import { say, sayOr } from "../kit/words.js";

class Offers extends View {
  source = desk;
  topics = ["offers", "me"];
  #known = new Set();

  build() {
    this.className = "offers";
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", say("offers.title"));
    this.list = h("ul.offer-list");
    this.words = h("p");
    this.back = h("button.primary", { type: "button", onclick: () => this.#back() }, say("presence.resume"));
    this.phone = h("button.plain", { type: "button", onclick: myPhone }, say("mine.menu"));
    this.nophone = h("p.station-phone", {}, icon("phone"), h("span", {}, say("station.nophone")), this.phone);
    this.station = h("div.station", { role: "status" }, this.words, this.nophone);
    this.voice = h("p.unseen", { role: "alert" });
    this.replaceChildren(this.list, this.station, this.voice);
    this.ticker = setInterval(() => this.#tick(), 250);
  }

  leave() {
    clearInterval(this.ticker);
  }

  render() {
    const offers = desk.offers.live;
    this.#showStation(!offers.length);
    if (!offers.length) this.voice.textContent = "";
    reconcile(this.list, offers.map((offer, place) => ({
      key: offer.offer_id, sign: `${place === 0} ${desk.offers.taking === offer.offer_id} ${JSON.stringify(offer)}`, make: () => this.#item(offer, place === 0),
    })));
    for (const offer of offers) if (!this.#known.has(offer.offer_id)) this.#announce(offer);
    this.#known = new Set(offers.map((offer) => offer.offer_id));
    this.#tick();
  }

  /** The presence alone decides what stands here: no notice covers it, and nothing closes it. */
  #showStation(shown) {
    const missed = desk.presence === "not_responding";
    const { used, full } = desk.agent?.capacity ?? {};
    const ready = used < full ? "available" : "full";
    const is = missed ? "missed" : desk.presence === "available" ? ready : "away";
    this.dataset.station = is;
    this.station.hidden = !shown || !desk.agent;
    this.words.textContent = say(`station.${is}`);
    this.nophone.hidden = is === "missed" || is === "away" || desk.phone !== "" || !callsOn();
    if (missed !== this.back.isConnected) missed ? this.station.append(this.back) : this.back.remove();
  }

  async #back() {
    this.back.disabled = true;
    await desk.setPresence("available");
    this.back.disabled = false;
  }

  #announce(offer) {
    const channel = channelWord(offer.channel);
    const name = offer.customer_name || say("actor.customer");
    this.voice.textContent = say("offers.arrived", { name, channel, reason: because(offer.reason), keys: reach(ACCEPT) });
    if (isCall(offer.channel) && !writing()) read(offer);
  }

  #item(offer, first) {
    const taking = desk.offers.taking === offer.offer_id;
    const door = (spec, key, hint, action) =>
      h(spec, { type: "button", onclick: () => taking || action(), "aria-disabled": taking ? "true" : null, "aria-keyshortcuts": first ? hint.aria : null },
        say(key), first && h("kbd", { "aria-hidden": "true" }, hint.text));
    const rings = isCall(offer.channel);
    const name = offer.customer_name || say("actor.customer");
    const item = h(`li.offer${rings ? ".of-call" : ""}`, {},
      h("div.offer-head", {}, rings ? h("b.offer-rings", {}, icon("phone"), say("offer.rings")) : channelMark(offer.channel), h("span.offer-left")),
      rings ? h("button.plain.offer-name", { type: "button", title: say("offer.read"), onclick: () => read(offer) }, name) : h("p.offer-name", {}, name),
      offer.by_name && h("p.offer-by", {}, say(offer.consult ? "offer.advice" : "offer.from", { agent: offer.by_name })),
      h("p.offer-text", { title: offer.preview }, offer.preview),
      h("p.offer-why", {}, h("span.offer-waited"), ` · ${say("offer.queue", { queue: queueName(offer.queue) })}`),
      offer.needs?.length > 0 && h("p.offer-needs", {}, needChips(offer.needs)),
      offer.callback && h("p.offer-why", {}, icon("clock"), say("offer.call")),
      offer.reason && h("p.offer-why.offer-reason", { title: because(offer.reason) }, because(offer.reason)),
      h("div.offer-doors", {},
        door("button.primary", taking ? "offer.taking" : "offer.accept", ACCEPT, () => desk.offers.accept(offer)),
        door("button", "offer.decline", DECLINE, () => desk.offers.decline(offer))),
      h("progress.offer-clock", { max: 1, "aria-hidden": "true" }));
    item.offer = offer;
    item.total = Math.max(1, (Date.parse(offer.until) - serverNow()) / 1000);
    return item;
  }

  #tick() {
    for (const item of this.list.children) {
      const left = Math.max(0, (Date.parse(item.offer.until) - serverNow()) / 1000);
      item.querySelector("progress").value = left / item.total;
      item.querySelector(".offer-left").textContent = say("offer.left", { seconds: Math.ceil(left) });
      const waited = duration(secondsSince(item.offer.waiting_since));
      item.querySelector(".offer-waited").textContent = say("offer.waited", { time: waited });
      if (!left) return desk.offers.over();
    }
  }
}

/** The whole story is open while it rings. */
const read = ({ case_id, customer_id }) => desk.visit(case_id, customer_id);

/** Nobody is taken away from what they write, nor from a dialog. */
const writing = () => document.querySelector("dialog[open]") || document.activeElement?.matches("textarea, input, [contenteditable]") && (document.activeElement.value ?? document.activeElement.textContent).trim();

/**
 * An offer carries the rule's word (longest_waiting), its entry the recorded sentence that begins with it. An
 * unknown rule is shown as it was recorded: better in the wrong language than hidden.
 */
function because(reason) {
  const rule = (reason ?? "").split(" (")[0].replaceAll(" ", "_");
  return sayOr(`reason.${rule}`, reason ?? "");
}

customElements.define("pb-offers", Offers);
