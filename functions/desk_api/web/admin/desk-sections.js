/** What the desk is made of, in the order of the page: see sections.js. */

import { currentLanguage, say } from "../kit/words.js";
import { codedForm, dispositionForm, fieldForm, guideForm, replyForm } from "./desk-forms.js";

const of = (key) => ({ centre }) => (centre[key] ??= []);
const word = (thing) => thing[`label_${currentLanguage()}`];
const coded = () => ({ code: "", label_ko: "", label_en: "" });
const line = (...parts) => parts.filter(Boolean).join(" · ");

export const DESK_SECTIONS = [
  { key: "saved_replies", items: (draft) => (draft.saved_replies ??= []), form: replyForm, title: (one) => one.code,
    note: (one) => line(one[`title_${currentLanguage()}`], one.queues.join(", ")),
    fresh: () => ({ code: "", title_ko: "", title_en: "", text_ko: "", text_en: "", actions: [], queues: [] }) },
  { key: "guides", items: of("guides"), form: guideForm, title: (one) => one.name,
    note: (one) => line(one.queue, one.intent, say("admin.steps", { n: one.steps.length })), fresh: () => ({ name: "", queue: "", intent: "", steps: [] }) },
  { key: "tags", items: of("tags"), form: codedForm, title: (one) => one.code, note: word, fresh: coded },
  { key: "fields", items: of("fields"), form: fieldForm, title: (one) => one.code, note: (one) => line(word(one), say(`fieldkind.${one.kind}`)),
    fresh: () => ({ ...coded(), kind: "text", choices: [] }) },
  { key: "dispositions", items: of("dispositions"), form: dispositionForm, title: (one) => one.code, note: word, fresh: () => ({ ...coded(), solved: true }) },
];
