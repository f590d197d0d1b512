/** How each channel stands: on or off, last used, what failed today, and how old its secret is. */

import { get } from "../kit/api.js";
import { channelMark, learnChannels } from "../kit/channels.js";
import { h } from "../kit/dom.js";
import { age, full, stamp } from "../kit/times.js";
import { View } from "../kit/view.js";
import { say } from "../kit/words.js";
import { settings } from "./admin-state.js";

const OLD = 365 * 86_400_000; // a secret of this age is named

class ChannelsView extends View {
  source = settings;
  topics = [];
  #told = null;
  #problem = "";

  render() {
    const again = h("button", { type: "button", onclick: () => this.load() }, say("states.again"));
    const body = this.#told ? this.#table() : h("p.empty", { role: "status" }, this.#problem || say("admin.wait"));
    this.replaceChildren(h("div.section-head", {}, h("h2", { id: "h-channels" }, say("part.channels")), again), h("p.quiet.small", {}, say("about.channels")), body);
  }

  async load() {
    try {
      this.#told = await get("/channels");
    } catch (failure) {
      this.#problem = failure.sentence ?? "";
    }
    this.render();
  }

  #table() {
    const heads = ["channel", "in", "out", "failed", "secret"].map((key) => h("th", { scope: "col" }, say(`states.${key}`)));
    const rows = this.#told.items.map((one) => this.#row(one));
    const waiting = h("p.quiet.small", {}, say("states.waiting", { n: this.#told.waiting }));
    return h("div.states", {}, h("div.wide", { tabindex: "0", role: "region", "aria-labelledby": "h-channels" }, h("table", {}, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows))), waiting);
  }

  #row({ name, on, last_in, last_out, received, sent, failed, secret_changed_at: changed }) {
    const used = (at, n) => [at ? say("states.hour", { time: stamp(at) }) : say("states.never"), h("span.quiet.small", {}, ` · ${say("states.today", { n })}`)];
    const old = changed && Date.now() - Date.parse(changed) > OLD;
    const secret = changed ? h("span", { title: full(changed) }, say("states.age", { age: age(changed) }), old && h("span.tag.claimed", {}, say("states.old"))) : "–";
    return h("tr", {}, h("th", { scope: "row" }, channelMark(name), " ", on ? null : h("span.tag", {}, say("states.off"))),
      h("td", {}, used(last_in, received)), h("td", {}, used(last_out, sent)), h("td", {}, failed ? h("span.tag.bad", {}, String(failed)) : "0"), h("td", {}, secret));
  }
}

customElements.define("pb-channels", ChannelsView);

/** The channels' words and colours come with the settings. */
export function channelsPart() {
  learnChannels(settings.known.channels);
  const node = Object.assign(document.createElement("pb-channels"), { id: "channels", className: "part" });
  node.load();
  return node;
}
