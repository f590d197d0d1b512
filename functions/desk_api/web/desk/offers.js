/** What is offered to this agent, and what they answer. */

import { post } from "../kit/api.js";
import { serverNow } from "../kit/times.js";

// When an offer has run out here, the centre has noted that a moment later.
const SOON = 2000;

export class Offers {
  ringing = [];
  taking = "";
  #desk;
  #timer = 0;

  constructor(desk) {
    this.#desk = desk;
  }

  forget() {
    clearTimeout(this.#timer);
    this.ringing = [];
  }

  get live() {
    return this.ringing.filter((offer) => Date.parse(offer.until) > serverNow());
  }

  async accept(offer) {
    // Pressed twice is once: the second answer would say that the offer is gone.
    if (this.taking === offer.offer_id) return;
    this.taking = offer.offer_id;
    this.#desk.announce("offers");
    const taken = await this.#desk.attempt(() => post(`/offers/${offer.offer_id}/accept`));
    this.taking = "";
    this.#withdraw(offer);
    await this.#desk.refresh().catch(() => {});
    if (!taken) return;
    this.#desk.select(taken.case_id);
    this.#desk.announce("write-reply");
  }

  async decline(offer) {
    this.#withdraw(offer);
    await this.#desk.attempt(() => post(`/offers/${offer.offer_id}/decline`));
    await this.#desk.refresh().catch(() => {});
  }

  /** One has run out: what that made of the agent is asked for, should no frame say so. */
  over() {
    this.#desk.announce("offers");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#desk.refresh().catch(() => {}), SOON);
  }

  #withdraw({ offer_id: gone }) {
    this.ringing = this.ringing.filter((offer) => offer.offer_id !== gone);
    this.#desk.announce("offers");
  }
}
