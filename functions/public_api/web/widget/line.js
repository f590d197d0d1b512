/** The connection to Patchbay: it comes back by itself, and asks again whatever was not answered. */

const LONGEST_WAIT = 30_000;
const OPENING = 15_000;
const ANSWER = 5000;
const TRIES = 2; // on one connection: then it is dead, whatever the browser believes

export class Line {
  #origin;
  #owner;
  #socket = null;
  #opening = false;
  #failures = 0;
  #timers = {};
  #asked = new Map();
  wanted = false;

  /** `owner` is told: ticket() (it gives what to ask for a ticket with), admitted(answer), refused(), opened(), heard(frame),
   * unanswered(key), changed(). */
  constructor(origin, owner) {
    [this.#origin, this.#owner] = [origin, owner];
    addEventListener("offline", () => owner.changed());
    addEventListener("online", () => this.#back());
  }

  get open() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  async connect() {
    this.wanted = true;
    if (this.#opening || this.#socket) return;
    clearTimeout(this.#timers.again);
    this.#opening = true;
    try {
      this.#attach(await this.#ticket());
    } catch {
      this.#owner.refused();
      this.again();
    }
    this.#opening = false;
  }

  /** Without an answer to `key` the frame is sent again. */
  ask(key, frame) {
    if (!this.open) return;
    this.#asked.set(key, { frame, at: Date.now(), tries: 0 });
    this.tell(frame);
    this.#timers.answers ??= setInterval(() => this.#lookForAnswers(), 1000);
  }

  tell(frame) {
    if (this.open) this.#socket.send(JSON.stringify(frame));
  }

  answered(key) {
    this.#failures = 0;
    this.#asked.delete(key);
  }

  asks(key) {
    return this.#asked.has(key);
  }

  rest() {
    this.wanted = false;
    this.#drop();
  }

  /** This connection is of no use. The next is tried after a while, which grows until something is answered. */
  again() {
    this.#drop();
    if (!this.wanted) return;
    const wait = Math.min(LONGEST_WAIT, 500 * 2 ** this.#failures++);
    this.#timers.again = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
  }

  /** As somebody else, or in another language. */
  restart() {
    if (!this.#socket) return;
    this.#drop();
    this.connect();
  }

  async #ticket() {
    const body = JSON.stringify(this.#owner.ticket());
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${this.#origin}/public/chat/ticket`, { method: "POST", headers, body, signal: AbortSignal.timeout(OPENING) });
    if (!answer.ok) throw new Error(`ticket: ${answer.status}`);
    return answer.json();
  }

  #attach(answer) {
    if (!this.wanted) return;
    if (!this.#owner.admitted(answer)) return this.again();
    const socket = new WebSocket(`${answer.url}?ticket=${encodeURIComponent(answer.ticket)}`);
    this.#socket = socket;
    this.#timers.opening = setTimeout(() => this.again(), OPENING);
    socket.onopen = () => (clearTimeout(this.#timers.opening), this.#owner.opened());
    socket.onmessage = ({ data }) => this.#owner.heard(JSON.parse(data));
    socket.onclose = () => this.again();
  }

  /** The network is back: what was open may lead nowhere, so it is asked. */
  #back() {
    this.#failures = 0;
    if (this.open) this.#owner.opened();
    else if (this.wanted) this.connect();
    this.#owner.changed();
  }

  #drop() {
    const socket = this.#socket;
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#timers = {};
    this.#asked.clear();
    this.#socket = null;
    if (socket) [socket.onopen, socket.onmessage, socket.onclose] = [];
    socket?.close(1000);
    this.#owner.changed();
  }

  #lookForAnswers() {
    if (!this.#asked.size) this.#timers.answers = clearInterval(this.#timers.answers);
    const late = [...this.#asked].filter(([, { at }]) => Date.now() - at >= ANSWER);
    for (const [key, one] of late) {
      this.#owner.unanswered(key);
      if (++one.tries >= TRIES) return this.again();
      one.at = Date.now();
      this.tell(one.frame);
    }
  }
}
