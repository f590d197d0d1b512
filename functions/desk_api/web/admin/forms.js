/** The form of each kind of thing in the settings. A form is made when it is opened, so what can be chosen is current. */

import { currentLanguage, say } from "../kit/words.js";
import { settings } from "./admin-state.js";
import { amounts, lines, names, number, ordered, pick, text, tick } from "./fields.js";
import { freshHours, hoursForm, overflowForm, perhaps, rows } from "./rows.js";

const named = (things) => things.map((one) => ({ value: one.name, label: one.name }));
const skills = () => named(settings.draft.centre.skills);
const profiles = () => named(settings.draft.centre.profiles);
const queues = () => named(settings.draft.centre.queues);
const others = (queue) => queues().filter((one) => one.value !== queue.name);
const channels = () => settings.known.channels.map((one) => ({ value: one.name, label: one.word[currentLanguage()] }));
const nothing = { value: "", label: "–" };
const LEVELS = ["skill", "level", 5];

export const queueForm = (queue, path, retitle, renamed) => [
  text("name", `${path}.name`, queue, "name", { told: retitle, renamed }),
  text("pool", `${path}.pool`, queue),
  text("label_ko", `${path}.label_ko`, queue),
  text("label_en", `${path}.label_en`, queue),
  number("priority", `${path}.priority`, queue, "priority", [1, 9]),
  number("queue_goal", `${path}.service_level_seconds`, queue, "service_level_seconds"),
  number("preferred_seconds", `${path}.preferred_seconds`, queue),
  number("last_agent_days", `${path}.last_agent_days`, queue, "last_agent_days", [0, 365]),
  amounts("needs", `${path}.needs`, queue, "needs", skills(), LEVELS),
  names("channels", `${path}.channels`, queue, "channels", channels()),
  rows("rings", `${path}.rings`, queue, "rings", () => ({ after_seconds: 30, drop: [], admit: [] }), ringForm),
  perhaps("overflow", `${path}.overflow`, queue, "overflow", () => ({ queue: others(queue)[0]?.value ?? "", after_seconds: 300 }), (...place) => overflowForm(others(queue))(...place)),
  ordered("agent_order", `${path}.agent_order`, queue, "agent_order", orders()),
  perhaps("hours", `${path}.hours`, queue, "hours", freshHours, hoursForm),
  rows("announcements", `${path}.announcements`, queue, "announcements", () => ({ after_seconds: 60, ko: "", en: "" }), announcementForm),
  names("alternatives", `${path}.alternatives`, queue, "alternatives", [...channels(), ...others(queue)]),
  lines("succeeds", `${path}.succeeds`, queue, "succeeds", 2),
  tick("keeps_age", `${path}.keeps_age`, queue),
  tick("callback", `${path}.callback`, queue),
];

const orders = () => settings.known.agent_order.map((value) => ({ value, label: say(`order.${value}`) }));

const ringForm = (ring, path) => [
  number("after_seconds", `${path}.after_seconds`, ring),
  names("drop", `${path}.drop`, ring, "drop", skills()),
  names("admit", `${path}.admit`, ring, "admit", profiles()),
];

const announcementForm = (told, path) => [
  number("after_seconds", `${path}.after_seconds`, told),
  text("ko", `${path}.ko`, told),
  text("en", `${path}.en`, told),
];

export const skillForm = (skill, path, retitle, renamed) => [
  text("name", `${path}.name`, skill, "name", { told: retitle, renamed }),
  text("label_ko", `${path}.label_ko`, skill),
  text("label_en", `${path}.label_en`, skill),
];

export const profileForm = (profile, path, retitle, renamed) => [
  text("name", `${path}.name`, profile, "name", { told: retitle, renamed }),
  names("queues", `${path}.queues`, profile, "queues", queues()),
  amounts("limits", `${path}.limits`, profile, "limits", channels(), ["channel", "most", 15]),
  rows("interrupts", `${path}.interrupts`, profile, "interrupts", () => ({ channel: channels()[0]?.value ?? "", over: [] }), interruptsForm),
];

const interruptsForm = (one, path) => [
  pick("channel", `${path}.channel`, one, "channel", channels()),
  names("over", `${path}.over`, one, "over", channels()),
];

export const agentForm = (agent, path, retitle) => [
  text("login", `${path}.login`, agent, "login", { told: retitle }),
  pick("profile", `${path}.profile`, agent, "profile", profiles()),
  amounts("skills", `${path}.skills`, agent, "skills", skills(), LEVELS),
  text("phone", `${path}.phone`, agent),
];

export const ruleForm = (rule, path) => [
  rows("when", `${path}.when`, rule, "when", () => ({ fact: settings.known.facts[0], values: [] }), whenForm),
  pick("queue", `${path}.queue`, rule, "queue", [nothing, ...queues()]),
  amounts("needs", `${path}.needs`, rule, "needs", skills(), LEVELS),
  number("rule_priority", `${path}.priority`, rule, "priority", [0, 9]),
];

const whenForm = (when, path) => [
  pick("fact", `${path}.fact`, when, "fact", settings.known.facts.map((value) => ({ value, label: say(`fact.${value}`) }))),
  lines("values", `${path}.values`, when, "values", 2),
];

export const auxForm = (aux, path, retitle) => [
  text("code", `${path}.code`, aux, "code", { told: retitle }),
  text("label_ko", `${path}.label_ko`, aux),
  text("label_en", `${path}.label_en`, aux),
];

export const centreForm = (centre) => [
  text("zone", "zone", centre),
  ...hoursForm(centre.hours, "hours").filter((field) => !field.dataset.path.endsWith(".zone")),
  number("service_level_seconds", "service_level_seconds", centre, "service_level_seconds", [1, 86400]),
  number("offer_seconds", "offer_seconds", centre, "offer_seconds", [1, 3600]),
  number("acw_seconds", "acw_seconds", centre, "acw_seconds", [0, 3600]),
  number("decline_rest_seconds", "decline_rest_seconds", centre),
];

const CALLS = ["record", "delete_recordings", "transcribe", "announce_listening", "own_phones", "browser"];

export const callsForm = ({ calls }) => CALLS.map((name) => tick(name, `calls.${name}`, calls));
