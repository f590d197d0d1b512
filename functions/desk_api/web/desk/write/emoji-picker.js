/** Above the text: a field that finds emoji by their names. */

import { combobox } from "../../kit/combobox.js";
import { currentLanguage, learn, say } from "../../kit/words.js";
import { emojiNamed } from "./emoji.js";
import { openPanel } from "./tool-panel.js";
import { writeWords } from "./write-words.js";

learn(writeWords);

const MOST = 40;

export function open(place, writer, close, typed) {
  const find = (typed) => emojiNamed(typed.trim().replace(/^:/, ""), MOST, currentLanguage()).map(({ emoji, name }) => ({ key: emoji, text: `${emoji} ${name}` }));
  const box = combobox({ label: say("emoji.title"), placeholder: say("emoji.place"), find, choose, empty: say("emoji.none"), wait: 0 });
  openPanel(place, { label: say("emoji.title"), box, close, typed });

  function choose({ key }) {
    close();
    if (writer.tools.editor) return writer.tools.editor.type(key);
    const { area } = writer;
    area.setRangeText(key, area.selectionStart, area.selectionEnd, "end");
    writer.put(area.value);
  }
}
