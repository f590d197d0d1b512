/** A case goes on to somebody else, or a colleague is asked about it; and the work after one is over. */

import { get, post } from "../kit/api.js";
import { say } from "../kit/words.js";

export class Handing {
  #desk;

  constructor(desk) {
    this.#desk = desk;
  }

  /** Colleagues who are there, and the queues. */
  colleagues({ customer_id, case_id }) {
    return get(`/colleagues?${new URLSearchParams({ customer_id, case_id })}`);
  }

  async transfer(item, wish, key) {
    await this.#post(item, "transfer", { ...wish, key });
    this.#letGo(item);
  }

  async consult(item, wish, key) {
    await this.#post(item, "consult", { ...wish, key });
    this.#desk.tell(say("hand.asked", { number: item.number }), "good");
    await this.#desk.refresh().catch(() => {});
  }

  async handOver(item, note, key) {
    await this.#post(item, "hand-over", { note, key });
    this.#letGo(item);
  }

  async endConsult(item) {
    await this.#desk.attempt(() => this.#post(item, "end-consult", {}));
    await this.#desk.refresh().catch(() => {});
  }

  async wrapped(wrap) {
    this.#desk.wrapping = this.#desk.wrapping.filter((one) => one !== wrap);
    this.#desk.announce("work");
    await this.#desk.attempt(() => post(`/cases/${wrap.case_id}/wrapped`));
    await this.#desk.refresh().catch(() => {});
  }

  #post({ case_id, customer_id }, what, body) {
    return post(`/cases/${case_id}/${what}`, { customer_id, ...body });
  }

  async #letGo(item) {
    this.#desk.tell(say("hand.done", { number: item.number }), "good");
    await this.#desk.refresh().catch(() => {});
    this.#desk.select(this.#desk.cases.ordered[0]?.case_id ?? null);
  }
}
