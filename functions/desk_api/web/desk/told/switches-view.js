/** The dialog in which an agent chooses what sounds, and what shows as a notification of their system. */

import { toast } from "../../kit/toast.js";
import { ask as dialog } from "../../kit/dialog.js";
import { h } from "../../kit/dom.js";
import { say } from "../../kit/words.js";
import { HOWS, TEXT, WHATS } from "./rules.js";
import { ask, canSound, permission, play, show } from "./signals.js";
import { told } from "./told.js";

export function showSwitches() {
  const { on } = told;
  const box = (name, label) => h("input", { type: "checkbox", name, checked: on.has(name), "aria-label": label });
  const cell = (what, how) => h("td", {}, box(`${what}.${how}`, `${say(`switches.${what}`)}: ${say(`switches.${how}`)}`));
  const table = h("table.switches", {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("switches.what")), HOWS.map((how) => h("th", { scope: "col" }, say(`switches.${how}`))))),
    h("tbody", {}, WHATS.map((what) => h("tr", {}, h("th", { scope: "row" }, say(`switches.${what}`)), HOWS.map((how) => cell(what, how))))));
  const text = h("label.choice", {}, h("input", { type: "checkbox", name: TEXT, checked: on.has(TEXT) }), h("span", {}, say("switches.text")));
  const state = h("p.small", { role: "status" });
  const allow = h("button", { type: "button", onclick: async () => (await ask(), describe()) }, say("switches.allow"));
  const trial = h("button", { type: "button", onclick: () => tryOut() }, say("switches.try"));
  const fields = [h("p.quiet.small", {}, say("switches.lead")), table, text, state, h("div.switches-doors", {}, allow, trial)];
  const shown = dialog(say("switches.title"), say("switches.save"), fields, save);
  shown.addEventListener("change", ({ target }) => target.name.endsWith(".desktop") && target.checked && ask().then(describe));
  describe();

  /** What is left where the browser does not play along, and what the agent can do about it. */
  function describe() {
    const may = permission();
    state.textContent = say(`switches.${may}`);
    state.classList.toggle("problem", may === "denied" || may === "missing");
    allow.hidden = may !== "default";
  }

  function tryOut() {
    const sounded = play("offers");
    show({ title: say("switches.trial"), body: "", tag: "trial", open: () => {} });
    if (!sounded && !canSound()) state.textContent = say("switches.silent");
  }
}

async function save(values) {
  const wanted = [...WHATS.flatMap((what) => HOWS.map((how) => `${what}.${how}`)), TEXT].filter((name) => name in values);
  await told.setUp({ told: wanted });
  toast(say("switches.saved"));
}
