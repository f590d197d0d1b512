/** A conversation that is read along: the desk's own timeline and live line, without a place in a pool. */

import { LiveSocket } from "../desk/socket.js";
import { Conversations } from "../desk/conversations.js";
import { NOTE } from "../desk/drafts.js";
import { Outgoing } from "../desk/outgoing.js";
import { learnKinds } from "../kit/labels.js";
import { Topics } from "../kit/view.js";
import { supervisor } from "./supervisor-state.js";

/** As an agent's, but a note is one to the agent. Everything goes by HTTP. */
class Writing extends Outgoing {
  async deliver(one) {
    const { kind, customer_id, case_id, text, key } = one;
    return kind === "note_added" ? supervisor.supervise(case_id, { act: NOTE, customer_id, text, key }) : super.deliver(one);
  }
}

/** What each supervisor has not sent yet: it outlives the panel, and a session that ended. */
const unsent = new Map();

/** What a desk is asked by the lines of a timeline and by the composer. Topics: timeline, card, draft, link. */
export class Look extends Topics {
  problem = "";
  scale = supervisor.me?.survey?.scale ?? 5;
  dispositions = supervisor.me?.dispositions ?? [];
  declared = supervisor.me?.declared;
  templates = supervisor.me?.templates ?? [];
  undo = supervisor.me?.undo ?? {};
  noteTraits = { name: "", text_unit: "characters", text_limit: supervisor.me?.note_limit ?? 4000 };
  /** Saved replies are texts alone here: what they do besides is done by the agent who has the case. */
  acts = false;
  cases = { isMine: () => this.inside };
  talks = new Conversations(this);
  writing = new Writing(this, { send: () => false }, this.talks);
  /** Nothing of ours beats: who reads along is not there for customers. To watch anew keeps the line alive. */
  live = new LiveSocket((frame) => this.#take(frame), () => this.#watching());

  #over = false;

  constructor({ case_id, customer_id }) {
    super();
    Object.assign(this, { case_id, customer_id });
    if (!unsent.has(this.agent.id)) unsent.set(this.agent.id, this.writing.drafts);
    this.writing.drafts = unsent.get(this.agent.id);
    this.on("timeline", () => this.#over && this.#keepUnsent());
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
    this.#over = true;
    this.#keepUnsent();
  }

  /** What could not be sent is written on when the panel opens again. */
  #keepUnsent() {
    for (const { key, kind, text } of this.timeline.pending.filter(({ state }) => state !== "pending")) {
      this.timeline.drop(key);
      this.writing.drafts.add(this.case_id, kind === "note_added" ? NOTE : "", text);
    }
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
    return caseId === this.case_id ? { ...this.case, case_id: caseId, customer_id: this.customer_id } : undefined;
  }

  get selected() {
    return this.case_id;
  }

  /** null until the card is there. */
  get current() {
    return this.case ? this.item(this.case_id) : null;
  }

  said() {}

  select() {}

  async refresh() {}

  tell(sentence) {
    this.problem = sentence;
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
