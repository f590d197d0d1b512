/** What the document is made of, in the order of the page: each kind of thing, how it is told in a line, its form. */

import { currentLanguage, say } from "../kit/words.js";
import { DESK_SECTIONS } from "./desk-sections.js";
import { agentForm, auxForm, profileForm, queueForm, ruleForm, skillForm } from "./forms.js";

const levels = (needs) => needs.map((need) => `${need.skill} ${need.level}`).join(", ");
const word = (thing) => thing[`label_${currentLanguage()}`];
const line = (...parts) => parts.filter(Boolean).join(" · ");

function ruleTitle(rule) {
  const when = rule.when.map((one) => `${say(`fact.${one.fact}`)} = ${one.values.join(", ")}`).join(" + ");
  const does = line(rule.queue, levels(rule.needs), rule.priority ? say("admin.priority", { n: rule.priority }) : "");
  return `${when || say("admin.always")} → ${does || "–"}`;
}

const of = (key) => ({ centre }) => (centre[key] ??= []);

export const SECTIONS = [
  { key: "queues", items: of("queues"), form: queueForm, title: (one) => one.name,
    note: (one) => line(word(one), say("admin.priority", { n: one.priority }), levels(one.needs)),
    fresh: () => ({ name: "", pool: "main", label_ko: "", label_en: "", priority: 5, needs: [], channels: [], hours: null, service_level_seconds: 0, rings: [], overflow: null, agent_order: ["owner", "preferred", "fewest_classes", "proficiency", "longest_available"], preferred_seconds: 30, last_agent_days: 0, keeps_age: true, callback: true, announcements: [], alternatives: [], succeeds: [] }) },
  { key: "skills", items: of("skills"), form: skillForm, title: (one) => one.name, note: word, fresh: () => ({ name: "", label_ko: "", label_en: "" }) },
  { key: "profiles", items: of("profiles"), form: profileForm, title: (one) => one.name, note: (one) => one.queues.join(", "),
    fresh: () => ({ name: "", queues: [], limits: [], interrupts: [] }) },
  { key: "agents", items: (draft) => draft.agents, form: agentForm, title: (one) => one.login, note: (one) => line(one.profile, levels(one.skills), one.phone),
    fresh: () => ({ login: "", profile: "", skills: [], phone: "" }) },
  { key: "rules", items: of("rules"), form: ruleForm, title: ruleTitle, note: () => "", fresh: () => ({ when: [], queue: "", needs: [], priority: 0 }) },
  ...DESK_SECTIONS,
  { key: "aux", items: of("aux"), form: auxForm, title: (one) => one.code, note: word, fresh: () => ({ code: "", label_ko: "", label_en: "" }) },
];
