/** What this agent has looked at in this browser: notices they opened, and how far they read what they follow. */

import { keep, recall } from "../../kit/storage.js";

const MOST = 200;

export class Looked {
  #name = "";
  #opened = [];
  #read = {};

  resume(agentId) {
    this.#name = `patchbay.looked.${agentId}`;
    const kept = readAs(recall("local", this.#name));
    this.#opened = Array.isArray(kept.opened) ? kept.opened : [];
    this.#read = kept.read ?? {};
  }

  opened(noticeId) {
    return this.#opened.includes(noticeId);
  }

  open(noticeId) {
    this.#opened = [noticeId, ...this.#opened.filter((id) => id !== noticeId)].slice(0, MOST);
    this.#keep();
  }

  /** Whether a customer wrote since; what was never looked at is read as far as it stood when first seen here. */
  unread({ case_id: id, last_at: at }) {
    if (!at) return false;
    if (!(id in this.#read)) this.read({ case_id: id, last_at: at });
    return this.#read[id] < at;
  }

  /** Whether that is further than before. */
  read({ case_id: id, last_at: at }) {
    if (!at || this.#read[id] === at) return false;
    const others = Object.entries(this.#read).filter(([one]) => one !== id).slice(0, MOST);
    this.#read = { [id]: at, ...Object.fromEntries(others) };
    this.#keep();
    return true;
  }

  #keep() {
    if (this.#name) keep("local", this.#name, JSON.stringify({ opened: this.#opened, read: this.#read }));
  }
}

function readAs(words) {
  try {
    return JSON.parse(words ?? "{}") ?? {};
  } catch {
    return {};
  }
}
