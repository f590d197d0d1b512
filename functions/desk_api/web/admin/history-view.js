/** The newest versions: when, by whom, what changed; each can be taken up again. */

import { ask } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { full } from "../kit/times.js";
import { View } from "../kit/view.js";
import { say } from "../kit/words.js";
import { settings } from "./admin-state.js";

export const changeList = (lines) =>
  h("ul.changes", { tabindex: "0", "aria-label": say("admin.changes") }, lines.map((line) => h("li", {}, line)));

class HistoryView extends View {
  source = settings;
  topics = ["history"];

  render() {
    const rows = settings.history.map((version) => this.#row(version));
    this.replaceChildren(h("div.section-head", {}, h("h2", { id: "h-history" }, say("part.history"))), h("p.quiet.small", {}, say("about.history")),
      rows.length ? h("ol.versions", {}, rows) : h("p.empty", {}, say("none.history")));
  }

  #row({ n, at, by, of, changes, changed }) {
    const more = changed > changes.length ? h("li.quiet", {}, say("admin.more", { n: changed - changes.length })) : null;
    const again = h("button", { type: "button", "aria-label": say("admin.again.of", { n }), onclick: () => this.#again(n) }, say("admin.again"));
    const who = ["operator", "system"].includes(by) ? say("admin.operator") : by;
    return h("li.version", {}, h("div.version-head", {}, h("b", {}, say("admin.version", { n })), h("span.quiet.small", {}, [at && full(at), who].filter(Boolean).join(" · ")),
      of ? h("span.tag", {}, say("admin.of", { n: of })) : null, h("span.spring"), n === settings.n ? h("span.tag.proven", {}, say("admin.inforce")) : settings.reading ? null : again),
    changes.length ? h("ul.changes", {}, changes.map((line) => h("li", {}, line)), more) : null);
  }

  #again(n) {
    const lost = settings.touched ? h("p.notice", {}, say("admin.lost")) : null;
    const changes = h("div", { role: "status" }, say("admin.wait"));
    ask(say("admin.again.of", { n }), say("admin.again"), [lost, changes], async () =>
      document.dispatchEvent(new CustomEvent("saved", { detail: await settings.takeUp(n) })), { lead: say("admin.again.what", { n }), cancel: say("admin.back") });
    this.#foresee(n, changes);
  }

  /** Not what that version once changed, but what changes now. */
  async #foresee(n, place) {
    try {
      const { differences } = await settings.foresee(n);
      place.replaceChildren(differences.length ? changeList(differences) : say("admin.again.same"));
    } catch (failure) {
      place.replaceChildren(h("p.problem", {}, failure.sentence ?? failure.message));
    }
  }
}

customElements.define("pb-history", HistoryView);
