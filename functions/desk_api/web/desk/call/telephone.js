/**
 * The telephone of the browser. Whoever is rung at a telephone of their own needs none of this: the carrier dials it.
 * Both have the same face for the desk (answer, hangUp, mute, keys); of a telephone of one's own all four do nothing.
 */

import { post } from "../../kit/api.js";
import { say } from "../../kit/words.js";
import "./call-words.js";

// From our own address: the build takes it, with its hash, or leaves it out.
const LIBRARY = "/desk/vendor/twilio-voice.js";
// The desk rings by itself, and nothing is asked of the carrier's own files.
const SILENCE = "/desk/vendor/silence.wav";
const SOUNDS = ["disconnect", "incoming", "outgoing", "dtmfh", "dtmfs", ..."0123456789".split("").map((key) => `dtmf${key}`)];

/** Where the carrier dials a telephone, there is nothing to do in the page. */
export const ownTelephone = { state: "elsewhere", muted: false, answer() {}, hangUp() {}, mute() {}, keys() {}, leave() {} };

/** `state`: loading, ready, ringing, talking, lost. */
class BrowserTelephone {
  state = "loading";
  muted = false;
  #desk;
  #device = null;
  #call = null;

  constructor(desk) {
    this.#desk = desk;
  }

  async start() {
    await import(LIBRARY);
    const { Device } = globalThis.Twilio;
    const { token } = await post("/me/phone-token");
    this.#device = new Device(token, { sounds: Object.fromEntries(SOUNDS.map((name) => [name, SILENCE])), closeProtection: true, logLevel: "silent" });
    this.#device.on("registered", () => this.#is(this.#call ? this.state : "ready"));
    this.#device.on("unregistered", () => this.#is("lost"));
    this.#device.on("error", () => this.#device.state === "registered" || this.#lost());
    this.#device.on("tokenWillExpire", () => this.#renew());
    this.#device.on("incoming", (call) => this.#rings(call));
    await this.#device.register();
  }

  answer() {
    if (this.state === "ringing") this.#call.accept();
  }

  hangUp() {
    if (this.state === "ringing") this.#call.reject();
    else this.#call?.disconnect();
  }

  mute(muted) {
    this.#call?.mute(muted);
    this.muted = Boolean(this.#call?.isMuted());
    this.#told();
  }

  keys(digits) {
    this.#call?.sendDigits(digits);
  }

  leave() {
    this.#device?.destroy();
    this.#device = this.#call = null;
  }

  /** One call at a time: another one that rings meanwhile finds nobody here. */
  #rings(call) {
    if (this.#call) return call.reject();
    this.#call = call;
    call.on("accept", () => this.#is("talking"));
    for (const over of ["cancel", "disconnect", "reject", "error"]) call.on(over, () => this.#over(call));
    return this.#is("ringing");
  }

  #over(call) {
    if (this.#call !== call) return;
    this.#call = null;
    this.muted = false;
    this.#is("ready");
  }

  #lost() {
    this.#desk.tell(say("mine.lost"), "warn");
    this.#is("lost");
  }

  async #renew() {
    const answer = await this.#desk.attempt(() => post("/me/phone-token"));
    if (answer) this.#device?.updateToken(answer.token);
  }

  #is(state) {
    this.state = state;
    this.#told();
  }

  #told() {
    this.#desk.announce("telephone");
  }
}

/** The first time that this agent can take calls: later on it is there. Without the library they are told so once. */
export async function ready(desk) {
  if (desk.telephone) return;
  desk.telephone = new BrowserTelephone(desk);
  try {
    await desk.telephone.start();
  } catch (failure) {
    desk.telephone = ownTelephone;
    desk.tell(failure.sentence ?? say("mine.library"));
  }
}
