/**
 * The live line to the desk socket. It asks for a new ticket each time (they work once), waits longer after each
 * failure with jitter (so a restart is not answered by all desks at once), and changes to a fresh connection before
 * API Gateway ends the old one at two hours. What it carries are hints; whoever listens to "open" asks what it missed.
 */

import { post } from "../kit/api.js";
import { Topics } from "../kit/view.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const PLANNED = 100 * 60_000;
const SPREAD = 15 * 60_000;
// The centre counts on one each 60 s. A hidden tab's timers fire once a minute: 55 s is due by then, 60 s may not be.
const BEAT = 55_000;

export class LiveSocket extends Topics {
  #socket = null;
  #failures = 0;
  #timers = {};
  #wanted = false;
  #receive;
  #sign;

  /**
   * `receive` gets each frame, `sign` is the sign of life; topic "state" tells of `open` changing, "open" of each new
   * connection.
   */
  constructor(receive, sign = () => ({ action: "heartbeat" })) {
    super();
    this.#receive = receive;
    this.#sign = sign;
    addEventListener("online", () => this.#wanted && !this.open && this.#connect());
  }

  get open() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  start() {
    this.#wanted = true;
    this.#connect();
  }

  stop() {
    this.#wanted = false;
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#drop(this.#socket);
    this.#socket = null;
    this.announce("state");
  }

  /** The other side no longer knows this connection, or soon will not: take a fresh one. */
  renew() {
    this.#connect();
  }

  /** False when there is no line: then the caller takes another way. */
  send(frame) {
    if (!this.open) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  async #connect() {
    clearTimeout(this.#timers.again);
    try {
      const { ticket, url } = await post("/socket-ticket");
      if (this.#wanted) this.#attach(new WebSocket(`${url}?ticket=${encodeURIComponent(ticket)}`));
    } catch {
      this.#again();
    }
  }

  #attach(socket) {
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = ({ data }) => this.#read(data);
    socket.onclose = () => this.#closed(socket);
  }

  #opened(socket) {
    const before = this.#socket;
    this.#socket = socket;
    this.#drop(before);
    this.#failures = 0;
    this.#timers.planned = setTimeout(() => this.renew(), PLANNED + Math.random() * SPREAD);
    this.#beat();
    this.announce("state", "open");
  }

  #beat() {
    clearTimeout(this.#timers.beat);
    this.send(this.#sign());
    this.#timers.beat = setTimeout(() => this.#beat(), BEAT);
  }

  #read(data) {
    try {
      this.#receive(JSON.parse(data));
    } catch (error) {
      console.error("a frame could not be read", error);
    }
  }

  #closed(socket) {
    const replaced = this.#socket && this.#socket !== socket && this.open;
    if (replaced || !this.#wanted) return;
    this.announce("state");
    this.#again();
  }

  #again() {
    if (!this.#wanted) return;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures++);
    clearTimeout(this.#timers.again);
    this.#timers.again = setTimeout(() => this.#connect(), wait * (0.5 + Math.random() / 2));
  }

  #drop(socket) {
    clearTimeout(this.#timers.planned);
    clearTimeout(this.#timers.beat);
    if (!socket) return;
    socket.onclose = null;
    socket.close(1000);
  }
}

/** The customers whose lines the live line brings; asked for anew on each connection. */
export class Watched {
  #ids = new Set();
  #live;

  constructor(live) {
    this.#live = live;
  }

  /** A fresh connection knows of none. */
  forget() {
    this.#ids.clear();
  }

  /** Watch these and let go of others; `whole` is false while more may belong to them: then none is let go. */
  keep(ids, whole) {
    if (!this.#live.open) return;
    const wanted = new Set(ids);
    for (const id of wanted) if (!this.#ids.has(id)) this.#live.send({ action: "watch", customer_id: id });
    for (const id of this.#ids) {
      if (wanted.has(id)) continue;
      if (whole) this.#live.send({ action: "unwatch", customer_id: id });
      else wanted.add(id);
    }
    this.#ids = wanted;
  }
}
