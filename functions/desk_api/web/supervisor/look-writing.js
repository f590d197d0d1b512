/** What a supervisor writes: a note to the agent, or, once they have stepped in, an answer to the customer. */

import { channelWord } from "../kit/channels.js";
import { h } from "../kit/dom.js";
import { keepForInputMethod } from "../kit/input-method.js";
import { say } from "../kit/words.js";

/** What each supervisor has not sent yet, by person and case: it outlives the panel, and a session that ended. */
const unsent = new Map();

export class Writing {
  #look;
  #key = crypto.randomUUID();
  #mode = "note";
  #ways = "";

  constructor(look) {
    this.#look = look;
    this.text = h("textarea", { name: "text", rows: 3, required: true, maxlength: 4000, onkeydown: keepForInputMethod, oninput: () => this.#keep(), value: unsent.get(this.#place) ?? "" });
    this.way = h("select", { name: "way", "aria-label": say("look.way") });
    this.send = h("button.primary", { type: "submit" });
    this.problem = h("p.problem", { role: "alert" });
    this.modes = h("fieldset.modes", {}, h("legend.unseen", {}, say("look.mode")), ["note", "answer"].map((mode) => this.#radio(mode)));
    this.node = h("form.look-writing", { onsubmit: (event) => (event.preventDefault(), this.#write()) },
      this.modes, this.way, this.text, this.problem, h("div.dialog-doors", {}, this.send));
    this.draw();
  }

  get #place() {
    return `${this.#look.agent.id} ${this.#look.case_id}`;
  }

  #keep() {
    if (this.text.value) unsent.set(this.#place, this.text.value);
    else unsent.delete(this.#place);
  }

  #radio(mode) {
    const input = h("input", { type: "radio", name: "mode", value: mode, onchange: () => ((this.#mode = mode), this.draw()) });
    return h("label.choice", {}, input, h("span", {}, say(`look.${mode}`)));
  }

  /** An answer can be chosen only by who has stepped in; then the way stands beside it. */
  draw() {
    const { inside, case: kept, card } = this.#look;
    this.node.hidden = !kept || kept.state === "closed";
    if (!inside) this.#mode = "note";
    this.modes.hidden = !inside;
    for (const input of this.modes.querySelectorAll("input")) input.checked = input.value === this.#mode;
    const answers = this.#mode === "answer";
    this.node.dataset.mode = this.#mode;
    this.way.hidden = !answers;
    this.#offer((card?.reply_channels ?? []).filter((one) => one.allowed));
    this.text.setAttribute("aria-label", say(`look.${this.#mode}`));
    this.text.placeholder = say(`look.${this.#mode}`);
    this.send.textContent = say(answers ? "look.send.answer" : "look.send.note");
    this.send.disabled = answers && !this.way.options.length;
    if (this.send.disabled) this.problem.textContent = say("look.noway");
  }

  #offer(ways) {
    const sign = JSON.stringify(ways.map(({ channel, address }) => [channel, address]));
    if (sign === this.#ways) return;
    this.#ways = sign;
    const last = ways.findIndex((one) => one.last);
    this.way.replaceChildren(...ways.map((one, n) =>
      h("option", { value: JSON.stringify([one.channel, one.address]), selected: n === Math.max(0, last) }, `${channelWord(one.channel)} · ${one.display}`)));
  }

  /** The key stays the same until it went: an answer that was lost is asked for again, and nothing is said twice. */
  async #write() {
    const text = this.text.value;
    const [channel, address] = this.#mode === "answer" ? JSON.parse(this.way.value) : ["", null];
    const told = this.#mode === "answer" ? { act: "reply", text, channel, address } : { act: "note", text };
    this.send.disabled = true;
    this.problem.textContent = "";
    try {
      await this.#look.supervise({ ...told, key: this.#key });
      this.#key = crypto.randomUUID();
      this.text.value = "";
      this.#keep();
    } catch (failure) {
      if (failure.code === "key_reused") this.#key = crypto.randomUUID();
      this.problem.textContent = failure.sentence ?? failure.message;
    }
    this.send.disabled = false;
    this.text.focus();
  }
}
