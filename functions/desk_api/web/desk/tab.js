/**
 * What this tab keeps for the agent who is signed in: a reload finds it, and somebody else who signs in does not.
 * A sign-out forgets it; a session that merely ended does not.
 */

import { keep, recall } from "../kit/storage.js";

const NAME = "patchbay.desk";

class Tab {
  #agent = "";
  #kept = {};

  open(agent) {
    if (this.#agent === agent) return;
    const kept = read();
    this.#kept = kept.agent === agent ? kept : {};
    this.#agent = agent;
    this.#write();
  }

  get(part) {
    return this.#kept[part];
  }

  set(part, value) {
    this.#kept[part] = value;
    if (this.#agent) this.#write();
  }

  /** What is kept stays in the tab, and changes no more. */
  close() {
    this.#agent = "";
    this.#kept = {};
  }

  forget() {
    this.close();
    keep("session", NAME, null);
  }

  #write() {
    keep("session", NAME, JSON.stringify({ ...this.#kept, agent: this.#agent }));
  }
}

function read() {
  try {
    const kept = JSON.parse(recall("session", NAME) ?? "{}");
    return kept !== null && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

export const tab = new Tab();
