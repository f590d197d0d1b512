"""In the place of the carrier's library: a telephone of the browser that a test rings."""

LIBRARY = """
class Emitter {
  #told = {};
  on(name, hears) { (this.#told[name] ??= []).push(hears); }
  emit(name, value) { for (const hears of this.#told[name] ?? []) hears(value); }
}
class Call extends Emitter {
  did = [];
  #muted = false;
  accept() { this.did.push("accept"); this.emit("accept"); }
  reject() { this.did.push("reject"); this.emit("reject"); }
  disconnect() { this.did.push("disconnect"); this.emit("disconnect"); }
  mute(on) { this.#muted = on; this.did.push(`mute ${on}`); }
  isMuted() { return this.#muted; }
  sendDigits(keys) { this.did.push(`keys ${keys}`); }
}
class Device extends Emitter {
  state = "unregistered";
  constructor(token, options) {
    super();
    this.tokens = [token];
    this.options = options;
    window.device = this;
  }
  async register() { this.state = "registered"; this.emit("registered"); }
  updateToken(token) { this.tokens.push(token); }
  destroy() { this.state = "destroyed"; }
  ring() { window.rung = new Call(); this.emit("incoming", window.rung); return window.rung; }
}
window.Twilio = { Device };
"""
AT = "/desk/vendor/twilio-voice.js"
