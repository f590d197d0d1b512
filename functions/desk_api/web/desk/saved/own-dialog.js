/** An agent's own saved replies: made, changed, taken away. */

import { ask, show } from "../../kit/dialog.js";
import { h } from "../../kit/dom.js";
import { currentLanguage, say } from "../../kit/words.js";
import { keep, savedReplies } from "./replies.js";
import { titleIn } from "./variables.js";

/** `changed` is called after each change. */
export async function ownReplies(changed) {
  const list = h("ul.own-replies");
  const fresh = h("button.primary", { type: "button", onclick: () => edit(null) }, say("saved.own.new"));
  const dialog = show(say("saved.own.title"), h("div.own-box", {}, list, fresh), { doors: true });
  await draw();
  fresh.focus();

  async function draw() {
    const { replies } = await savedReplies();
    const own = replies.filter((one) => one.own);
    const empty = h("li.quiet", {}, say("saved.own.empty"));
    list.replaceChildren(...(own.length ? own.map(row) : [empty]));
  }

  function row(reply) {
    const title = titleIn(reply, currentLanguage());
    const button = (key, act) => h("button.plain", { type: "button", "aria-label": say(`${key}.of`, { title }), onclick: act }, say(key));
    return h("li", {}, h("b", { dir: "auto" }, title), button("saved.own.edit", () => edit(reply)), button("saved.own.delete", () => remove(reply, title)));
  }

  async function done() {
    await draw();
    changed();
    if (!dialog.contains(document.activeElement)) fresh.focus();
  }

  function edit(reply) {
    const field = (name, spec, extra) => h("label.field", {}, h("span", {}, say(`saved.own.${name}`)), h(spec, { name, value: reply?.[name] ?? "", ...extra }));
    const fields = [
      field("title_ko", "input", { type: "text", maxlength: 80 }), field("text_ko", "textarea", { rows: 3, maxlength: 2000 }),
      field("title_en", "input", { type: "text", maxlength: 80 }), field("text_en", "textarea", { rows: 3, maxlength: 2000 }),
      h("p.quiet.small", {}, say("saved.own.places")),
    ];
    const code = reply?.code ?? `own-${crypto.randomUUID().slice(0, 8)}`;
    ask(say(reply ? "saved.own.edit" : "saved.own.new"), say("saved.own.save"), fields, async (values) => {
      if (!values.text_ko.trim() && !values.text_en.trim()) throw new Error(say("saved.own.notext"));
      await keep({ ...reply, ...values, code });
      await done();
    });
  }

  function remove(reply, title) {
    const act = async () => {
      await keep({ ...reply, text_ko: "", text_en: "" });
      await done();
    };
    ask(say("saved.own.delete"), say("saved.own.delete"), [], act, { lead: say("saved.own.sure", { title }), danger: true });
  }
}
