/**
 * Several tabs of one agent: one of them sounds, and all know whether one is in front of the agent's eyes. The tab that
 * holds the browser's lock leads; when it closes, the next one does.
 */

const NAME = "patchbay.told";
const ANSWER = 120; // milliseconds in which a tab says that it is in front

export class Front {
  leads = false;
  #channel = null;
  #letGo = () => {};
  #seen = () => {};

  start() {
    this.stop();
    this.#channel = new BroadcastChannel(NAME);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    if (!navigator.locks) return void (this.leads = true);
    const waits = new AbortController();
    const held = new Promise((letGo) => (this.#letGo = () => (waits.abort(), letGo())));
    navigator.locks.request(NAME, { signal: waits.signal }, () => ((this.leads = true), held)).catch(() => {});
  }

  stop() {
    this.#letGo();
    this.#channel?.close();
    this.#letGo = () => {};
    Object.assign(this, { leads: false });
    this.#channel = null;
  }

  /** Whether this tab, or another one of the agent, is the window they look at. */
  async isSeen() {
    if (inFront() || !this.#channel) return inFront();
    const answered = new Promise((seen) => {
      this.#seen = () => seen(true);
      setTimeout(() => seen(false), ANSWER);
    });
    this.#channel.postMessage("who");
    return answered;
  }

  #hear(word) {
    if (word === "who" && inFront()) this.#channel.postMessage("me");
    if (word === "me") this.#seen();
  }
}

const inFront = () => document.visibilityState === "visible" && document.hasFocus();
