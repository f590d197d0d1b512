/** Files that an agent attaches: each is put into the bucket at once, and goes with the next reply of its case. */

import { Failure, post } from "../kit/api.js";
import { say } from "../kit/words.js";

export class Attachments {
  #desk;
  #cases = new Map();

  constructor(desk) {
    this.#desk = desk;
  }

  /** [{name, type, size, state: sending | there | refused, reason, id}] */
  of(caseId) {
    return this.#cases.get(caseId) ?? [];
  }

  /** What is there and goes along; it is taken away with the reply. */
  take(caseId) {
    const going = this.of(caseId).filter(({ state }) => state === "there").map(({ id, name, type }) => ({ id, name, type }));
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

  async #send(caseId, channel, file) {
    const one = { name: file.name, type: file.type, size: file.size, state: "sending" };
    this.#set(caseId, [...this.of(caseId), one]);
    try {
      const { id, name, upload } = await post(`/cases/${encodeURIComponent(caseId)}/files`, { channel, name: file.name, size: file.size, type: file.type });
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
