/** Files that an agent attaches: each is put into the bucket at once, and goes with the next reply of its case. */

import { Failure, post } from "../kit/api.js";
import { say } from "../kit/words.js";

export class Attachments {
  #desk;
  #cases = new Map();

  constructor(desk) {
    this.#desk = desk;
  }

  /** [{name, type, size, state: sending | there | refused, reason, id, channel: which was asked about it}] */
  of(caseId) {
    return this.#cases.get(caseId) ?? [];
  }

  /** What is there and goes along; it is taken away with the reply. */
  take(caseId) {
    const going = this.of(caseId).filter(({ state }) => state === "there").map(({ id, name, type, size }) => ({ id, name, type, size }));
    this.#set(caseId, []);
    return going;
  }

  /** Files of a reply that was refused, to go with another one. */
  restore(caseId, files = []) {
    if (files.length) this.#set(caseId, [...this.of(caseId), ...files.map((file) => ({ ...file, state: "there" }))]);
  }

  remove(caseId, one) {
    this.#set(caseId, this.of(caseId).filter((other) => other !== one));
  }

  add(caseId, channel, files) {
    for (const file of files) this.#send(caseId, channel, file);
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
    const beside = this.of(caseId).filter((other) => other !== one && other.state !== "refused").map((other) => ({ size: other.size ?? 0, type: other.type }));
    return post(`/cases/${encodeURIComponent(caseId)}/files`, { channel, name, size, type, beside });
  }

  async #send(caseId, channel, file) {
    const one = { name: file.name, type: file.type, size: file.size, channel, state: "sending" };
    this.#set(caseId, [...this.of(caseId), one]);
    try {
      const { id, name, upload } = await this.#place(caseId, one);
      await put(upload, file);
      Object.assign(one, { id, name, state: "there" });
    } catch (failure) {
      Object.assign(one, { state: "refused", reason: failure.sentence ?? say("file.notsent") });
    }
    this.#set(caseId, this.of(caseId));
  }

  #set(caseId, files) {
    this.#cases.set(caseId, files);
    this.#desk.announce("draft");
  }
}

/** The form's own fields first, the file last: the bucket reads nothing behind it. */
async function put({ url, fields }, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  const answer = await fetch(url, { method: "POST", body: form }).catch(() => null);
  if (!answer?.ok) throw new Failure(answer?.status ?? 0, { message: say("file.notsent") });
}
