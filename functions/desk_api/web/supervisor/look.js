/** A conversation that is read along: the desk's own timeline and live line, without a place in a pool. */

import { LiveSocket } from "../desk/socket.js";
import { Conversations } from "../desk/conversations.js";
import { post } from "../kit/api.js";
import { learnKinds } from "../kit/labels.js";
import { Topics } from "../kit/view.js";
import { supervisor } from "./supervisor-state.js";

/** What the lines of a timeline ask of a desk is answered here. Topics: timeline, card, link. */
export class Look extends Topics {
  problem = "";
  scale = supervisor.me?.survey?.scale ?? 5;
  dispositions = supervisor.me?.dispositions ?? [];
  talks = new Conversations(this);
  /** Nothing of ours beats: who reads along is not there for customers. To watch anew keeps the line alive. */
  live = new LiveSocket((frame) => this.#take(frame), () => this.#watching());

  constructor({ case_id, customer_id }) {
    super();
    Object.assign(this, { case_id, customer_id });
    learnKinds(supervisor.me?.kinds ?? {});
    this.live.on("state", () => this.announce("link"));
    this.live.on("open", () => this.talks.catchUp());
  }

  async start() {
    this.live.start();
    await this.talks.open(this.customer_id);
  }

  stop() {
    this.live.stop();
  }

  get agent() {
    return supervisor.agent;
  }

  get card() {
    return this.talks.cards.get(this.customer_id);
  }

  get timeline() {
    return this.talks.timeline(this.customer_id);
  }

  get case() {
    return this.card?.cases.find((one) => one.case_id === this.case_id);
  }

  /** Whether we may answer: we have stepped in. */
  get inside() {
    return this.agent.id in (this.case?.stepped_in ?? {});
  }

  get customerName() {
    return this.card?.name ?? "";
  }

  names(actor) {
    return this.timeline.names.get(actor) ?? "";
  }

  watch() {
    this.live.send(this.#watching());
  }

  async attempt(act) {
    try {
      await act();
      this.problem = "";
    } catch (failure) {
      this.problem = failure.sentence ?? failure.message;
    }
    this.announce("timeline", "card");
  }

  async supervise(told) {
    const entry = await supervisor.supervise(this.case_id, { customer_id: this.customer_id, ...told });
    this.talks.arrived(entry);
    await this.talks.loadCard(this.customer_id);
  }

  /** The case as the desk asks for it: to whom an entry belongs. */
  item(caseId) {
    return caseId === this.case_id ? { customer_id: this.customer_id } : undefined;
  }

  said() {}

  /** For the door of second thoughts at an answer that is held: it is taken back, and not written anew. */
  get writing() {
    return { withdraw: (entry, caseId, customerId, key) => this.#withdraw(entry, caseId, customerId, key) };
  }

  tell(sentence) {
    this.problem = sentence;
    this.announce("timeline");
  }

  async #withdraw(entry, caseId, customer_id, key) {
    const told = { key, customer_id, member: entry.customer_id, seq: entry.seq };
    const { entry: line } = await post(`/cases/${encodeURIComponent(caseId)}/withdraw`, told);
    this.timeline.take({ ...entry, delivery: "withdrawn", held_until: null });
    this.timeline.take(line);
    this.announce("timeline");
  }

  #watching() {
    return { action: "watch", customer_id: this.customer_id };
  }

  #take(frame) {
    if (frame.type === "entry") this.talks.arrived(frame.entry);
    if (frame.type === "error" && frame.code === "no_connection") this.live.renew();
  }
}
