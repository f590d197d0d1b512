/** Above the text: a field that finds saved replies by any word. Enter puts one into the text. */

import { combobox } from "../../kit/combobox.js";
import { h } from "../../kit/dom.js";
import { currentLanguage, say } from "../../kit/words.js";
import { openPanel } from "../write/tool-panel.js";
import { actionWords } from "./acting.js";
import { found } from "./match.js";
import { fitting, savedReplies } from "./replies.js";
import { use } from "./use.js";
import { textIn, titleIn } from "./variables.js";

const MOST = 50; // more than anybody reads: another word narrows it

export function open(place, writer, close, typed) {
  const { source: desk } = writer;
  const language = desk.talks.cards.get(desk.current.customer_id)?.language || currentLanguage();
  const box = combobox({ label: say("saved.find"), placeholder: say("saved.find.place"), find, choose, empty: say("saved.none"), wait: 0 });
  const manage = h("button.plain", { type: "button", onclick: () => import("./own-dialog.js").then(({ ownReplies }) => ownReplies(() => box.look())) }, say("saved.own.open"));
  openPanel(place, { label: say("saved.title"), box, close, typed, doors: [manage] });

  async function find(typed) {
    const { replies } = await savedReplies();
    return found(fitting(replies, desk.current.queue), typed).slice(0, MOST).map(option);
  }

  function option(reply) {
    const then = actionWords(reply.actions, desk);
    const words = textIn(reply, language).replaceAll("\n", " ");
    const note = [words.length > 90 ? `${words.slice(0, 90)}…` : words, then && desk.acts !== false && say("saved.then", { what: then })].filter(Boolean).join(" · ");
    return { key: `${reply.own} ${reply.code}`, text: titleIn(reply, currentLanguage()), note, group: say(reply.own ? "saved.own" : "saved.team"), reply };
  }

  async function choose({ reply }) {
    await use(reply, writer);
    close();
  }
}
