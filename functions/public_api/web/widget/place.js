/** Where the visitor stands in the queue, and whether somebody writes. It is asked for over the chat's own line, while somebody looks: at
 *  most every 15 seconds, and not at all once they wait no more. */

const LEAST = 15_000;
const TAKEN_IN = 2000; // what was said has reached the queue then, most often
const [TYPING_EACH, TYPING_SHOWN] = [3000, 6000];
const HOPES = 2; // looks that may find nothing, as it had not

export class Place {
  #talk;
  #watched = false;
  #asked = 0;
  #timer = 0;
  #hopes = 0;
  #missed = false; // something may have changed while nobody looked
  #typed = 0;
  #typing = 0;
  /** Whether somebody writes to the visitor just now. */
  typing = false;
  /** {state, words, offers} as the centre told it; state is none, waiting, callback or later. */
  told = { state: "none", words: "", offers: false };
  /** When a call may be promised: {zone, spans of two moments}; null until it was asked for. */
  times = null;

  constructor(talk) {
    this.#talk = talk;
  }

  /** Whether somebody looks. */
  set watched(watched) {
    const begins = watched && !this.#watched;
    this.#watched = watched;
    if (!watched) clearTimeout(this.#timer);
    else if (begins && (this.#missed || this.told.state !== "none")) this.ask();
  }

  /** Something may have changed. Who asks again and again is answered when the time is over. */
  ask(after = 0) {
    this.#missed = this.#talk.begun && !this.#watched;
    if (!this.#talk.begun || !this.#watched) return;
    this.#in(Math.max(after, this.#asked + LEAST - Date.now()));
  }

  /** What stands above the messages: the trouble, or that somebody writes. */
  get state() {
    return this.#talk.trouble || (this.typing ? "typing" : "");
  }

  /** The visitor writes. */
  types() {
    if (!this.#talk.begun || Date.now() - this.#typed < TYPING_EACH) return;
    this.#typed = Date.now();
    this.#talk.line.tell({ action: "typing" });
  }

  #showTyping(typing) {
    clearTimeout(this.#typing);
    if (typing) this.#typing = setTimeout(() => this.#showTyping(false), TYPING_SHOWN);
    if (this.typing === typing) return;
    this.typing = typing;
    this.#talk.changed();
  }

  askTimes() {
    this.#talk.line.tell({ action: "times" });
  }

  clear() {
    clearTimeout(this.#timer);
    this.told = { state: "none", words: "", offers: false };
    this.times = null;
  }

  heard(frame) {
    if (frame.type === "typing" || frame.type === "message") this.#showTyping(frame.type === "typing");
    if (frame.type === "place") this.#placed(frame);
    if (frame.type === "times") this.times = { zone: frame.zone, spans: frame.spans };
    if (frame.type === "times") this.#talk.changed();
    if (frame.type === "accepted") this.#hopes = HOPES;
    if (frame.type === "accepted") this.ask(TAKEN_IN);
    if (frame.type === "message" || frame.type === "welcome") this.ask();
  }

  #placed({ state, words, offers, every }) {
    this.told = { state, words, offers };
    if (every && this.#watched) this.#in(Math.max(LEAST, every * 1000));
    else if (this.#hopes-- > 0) this.ask();
    this.#talk.changed();
  }

  #in(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#now(), wait);
  }

  #now() {
    if (!this.#talk.line.open) return;
    this.#asked = Date.now();
    this.#talk.line.tell({ action: "place" });
  }
}
