/** Files that an agent attaches: each is put into the bucket at once, and goes with the next reply of its case. */

import { Failure, post } from "../kit/api.js";
import { say } from "../kit/words.js";

let made = 0;

export class Attachments {
  #desk;
  #cases = new Map();

  constructor(desk) {
    this.#desk = desk;
  }

  /**
   * [{key, name, type, size, state: sending | there | refused | failed, sent: 0 to 1, reason, id, channel: which was asked
   * about it}]. What failed may be tried again; what was refused cannot go along.
   */
  of(caseId) {
    return this.#cases.get(caseId) ?? [];
  }

  /** What is there and goes along; it is taken away with the reply. */
  take(caseId) {
    const going = this.of(caseId).filter(({ state }) => state === "there").map(({ id, name, type, size }) => ({ id, name, type, size }));
    this.#set(caseId, []);
    return going;
  }

  /** Whether a file goes along. */
  going(caseId) {
    return this.of(caseId).some(({ state }) => state === "there");
  }

  /** Why the files that are attached cannot go yet, or at all; "" when they can. */
  stays(caseId) {
    const states = this.of(caseId).map(({ state }) => state);
    if (states.includes("sending")) return say("file.wait");
    return states.includes("refused") || states.includes("failed") ? say("file.blocked") : "";
  }

  /** Files of a reply that was refused, to go with another one. */
  restore(caseId, files = []) {
    if (files.length) this.#set(caseId, [...this.of(caseId), ...files.map((file) => ({ ...file, key: next(), state: "there" }))]);
  }

  remove(caseId, one) {
    one.request?.abort();
    this.#set(caseId, this.of(caseId).filter((other) => other !== one));
  }

  add(caseId, channel, files) {
    for (const file of files) {
      const one = { key: next(), file, name: file.name, type: file.type, size: file.size, channel, state: "sending" };
      this.#set(caseId, [...this.of(caseId), one]);
      this.#send(caseId, one);
    }
  }

  again(caseId, one) {
    Object.assign(one, { state: "sending", sent: 0, reason: "" });
    this.#set(caseId, this.of(caseId));
    this.#send(caseId, one);
  }

  /** The reply goes by another channel now, which may not carry what is there, or carry what the last one did not. */
  check(caseId, channel) {
    for (const one of this.of(caseId)) if (one.id && one.channel !== channel) this.#check(caseId, channel, one);
  }

  async #check(caseId, channel, one) {
    one.channel = channel;
    try {
      await this.#place(caseId, one);
      if (one.channel === channel) Object.assign(one, { state: "there", reason: "" });
    } catch (failure) {
      if (one.channel === channel && !failure.passing) Object.assign(one, { state: "refused", reason: failure.sentence });
    }
    this.#set(caseId, this.of(caseId));
  }

  /** A place for it, or a Failure with the reason why its channel does not carry it beside the others. */
  #place(caseId, one) {
    const { channel, name, size = 0, type } = one;
    return post(`/cases/${encodeURIComponent(caseId)}/files`, { channel, name, size, type, beside: this.#beside(caseId, one) });
  }

  #beside(caseId, one) {
    return this.of(caseId).filter((other) => other !== one && !["refused", "failed"].includes(other.state)).map((other) => ({ size: other.size ?? 0, type: other.type }));
  }

  /** What the channel says that it does not carry is refused before anything is sent. */
  async #send(caseId, one) {
    try {
      const { unfit } = await import("./write/limits.js");
      const why = unfit(one, this.#beside(caseId, one));
      if (why) throw new Failure(422, { message: why });
      const { id, name, upload } = await this.#place(caseId, one);
      if (!this.of(caseId).includes(one)) return;
      await put(upload, one, () => this.#desk.announce("draft"));
      Object.assign(one, { id, name, state: "there", file: null });
    } catch (failure) {
      const refused = failure instanceof Failure && !failure.passing;
      Object.assign(one, { state: refused ? "refused" : "failed", reason: refused ? failure.sentence : say("file.notsent") });
    }
    if (this.of(caseId).includes(one)) this.#set(caseId, this.of(caseId));
  }

  #set(caseId, files) {
    this.#cases.set(caseId, files);
    this.#desk.announce("draft");
  }
}

const next = () => `file ${(made += 1)}`;

/** The form's own fields first, the file last: the bucket reads nothing behind it. `fetch` tells nothing of how far it is. */
function put({ url, fields }, one, moved) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", one.file);
  const request = new XMLHttpRequest();
  one.request = request;
  return new Promise((done, failed) => {
    request.upload.onprogress = ({ loaded, total }) => ((one.sent = loaded / total), moved());
    request.onload = () => (request.status < 300 ? done() : failed(new Failure(503)));
    request.onerror = request.onabort = request.ontimeout = () => failed(new Failure(0));
    request.open("POST", url);
    request.send(form);
  });
}
