/** The forms of what the desk is made of: tags, customer fields, outcomes, guided work, saved replies, and times. */

import { h } from "../kit/dom.js";
import { currentLanguage, say } from "../kit/words.js";
import { settings } from "./admin-state.js";
import { amounts, area, lines, names, number, ordered, pick, text, tick } from "./fields.js";
import { rows } from "./rows.js";

const nothing = { value: "", label: "–" };
const called = (things, key) => things.map((one) => ({ value: one[key], label: one[key] }));
const worded = (things) => things.map((one) => ({ value: one.code, label: one[`label_${currentLanguage()}`] || one.code }));
const queues = () => called(settings.draft.centre.queues, "name");
const channels = () => settings.known.channels.map((one) => ({ value: one.name, label: one.word[currentLanguage()] }));
const kinds = () => settings.known.field_kinds.map((value) => ({ value, label: say(`fieldkind.${value}`) }));
const actions = () => settings.known.actions.map((value) => ({ value, label: say(`action.${value}`) }));
const languages = () => ["ko", "en"].map((value) => ({ value, label: say(`language.${value}`) }));

export const codedForm = (one, path, retitle, renamed) => [
  text("code", `${path}.code`, one, "code", { told: retitle, renamed }),
  text("label_ko", `${path}.label_ko`, one),
  text("label_en", `${path}.label_en`, one),
];

export const dispositionForm = (one, path, retitle, renamed) => [...codedForm(one, path, retitle, renamed), tick("solved", `${path}.solved`, one)];

export const fieldForm = (field, path, retitle) => {
  const choices = lines("choices", `${path}.choices`, field);
  const show = (kind) => ((choices.hidden = kind !== "choice"), kind !== "choice" && (field.choices = []));
  show(field.kind);
  return [...codedForm(field, path, retitle), pick("kind", `${path}.kind`, field, "kind", kinds(), show), choices];
};

export const guideForm = (guide, path, retitle) => [
  text("name", `${path}.name`, guide, "name", { told: retitle }),
  pick("guide_queue", `${path}.queue`, guide, "queue", [nothing, ...queues()]),
  text("intent", `${path}.intent`, guide),
  rows("steps", `${path}.steps`, guide, "steps", () => ({ code: "", label_ko: "", label_en: "" }), (step, at) => codedForm(step, at)),
];

export const replyForm = (reply, path, retitle) => [
  text("code", `${path}.code`, reply, "code", { told: retitle }),
  text("title_ko", `${path}.title_ko`, reply),
  text("title_en", `${path}.title_en`, reply),
  area("text_ko", `${path}.text_ko`, reply),
  area("text_en", `${path}.text_en`, reply),
  names("reply_queues", `${path}.queues`, reply, "queues", queues()),
  rows("actions", `${path}.actions`, reply, "actions", freshAction, actionForm),
];

const OPTIONS = {
  close: () => worded(settings.draft.centre.dispositions),
  tag: () => worded(settings.draft.centre.tags),
  transfer: queues,
};

const freshAction = () => ({ what: "close", value: OPTIONS.close()[0]?.value ?? "" });

function actionForm(action, path) {
  const place = h("div");
  const show = () => place.replaceChildren(OPTIONS[action.what] ? pick("value", `${path}.value`, action, "value", OPTIONS[action.what]()) : text("hours_of", `${path}.value`, action, "value"));
  const told = (what) => ((action.value = OPTIONS[what] ? (OPTIONS[what]()[0]?.value ?? "") : "24"), show());
  show();
  return [pick("what", `${path}.what`, action, "what", actions(), told), place];
}

export const deskForm = (centre) => [
  ordered("languages", "languages", centre, "languages", languages()),
  amounts("undo", "undo", centre, "undo", channels(), ["channel", "seconds", 30]),
  area("notice_ko", "abuse.notice_ko", centre.abuse),
  area("notice_en", "abuse.notice_en", centre.abuse),
  area("abuse_ko", "abuse.ko", centre.abuse, "ko"),
  area("abuse_en", "abuse.en", centre.abuse, "en"),
  number("break_minutes", "abuse.break_minutes", centre.abuse, "break_minutes", [0, 120]),
];
