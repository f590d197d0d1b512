/** What a supervisor does with a call that goes on: listen, speak to the agent alone, join, and stop; each with a reason. */

import { legState, OVER } from "../desk/call/legs.js";
import { isCall } from "../kit/channels.js";
import { ask } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { post } from "../kit/api.js";
import { learn, say } from "../kit/words.js";
import { listenWords } from "./listen-words.js";
import { supervisor } from "./supervisor-state.js";

learn(listenWords);

const HOWS = ["listen", "whisper", "join"];

/** Whether a call of this case goes on. */
export const onCall = ({ case: kept }) =>
  (kept?.interactions ?? []).some(({ channel, ended_by, ended_at }) => isCall(channel) && !ended_by && !ended_at);

/** Our own telephone in the call: the newest word of it, null where there is none or it is over. */
export function ownLeg({ timeline, agent, case_id: caseId }) {
  const legs = [...timeline.entries.values()].filter(({ kind, case_id, facts }) =>
    kind === "leg_changed" && case_id === caseId && facts.role === "supervisor" && facts.agent === agent.id);
  const newest = legs.sort((a, b) => a.seq - b.seq).at(-1);
  return newest && !OVER.has(newest.facts.state) ? newest : null;
}

/** The buttons, and a line that says how it is; nothing where nobody is on the phone. */
export function listenDoors(look) {
  const leg = ownLeg(look);
  if (!leg && !onCall(look)) return [];
  const how = look.listening;
  const door = (name) => h("button", { type: "button", "aria-pressed": String(Boolean(leg) && how === name), disabled: Boolean(leg) && how === name, onclick: () => asks(look, name) },
    h("span", {}, say(`listen.${name}`)));
  const stop = leg && h("button", { type: "button", onclick: () => stops(look) }, icon("hang"), say("listen.stop"));
  const state = leg && h("p.small.inside", { role: "status" }, say(how ? `listen.is.${how}` : "listen.is", { state: legState(leg.facts) }));
  return [...HOWS.map(door), stop, state].filter(Boolean);
}

/** A sign of all that the buttons say. */
export const listenSign = (look) => JSON.stringify([onCall(look), look.listening, ownLeg(look)?.facts.state]);

const send = (look, how, reason, key) =>
  post(`/cases/${encodeURIComponent(look.case_id)}/listen`, { key, customer_id: look.customer_id, how, reason });

function asks(look, how) {
  const { number, owner_name: agent } = look.case;
  const reason = h("label.field", {}, h("span", {}, say("look.reason")), h("input", { name: "reason", required: true, maxlength: 500, autocomplete: "off" }));
  const note = h("p.quiet.small", {}, say(supervisor.me?.announce_listening ? "listen.announced" : "listen.silent"));
  const lead = say(`listen.${how}.lead`, { agent: agent || say("look.nobody") });
  ask(say(`listen.${how}.title`, { number }), say(`listen.${how}`), [note, reason], async ({ reason: why }, key) => {
    await send(look, how, why, key);
    look.listening = how;
    look.announce("card");
  }, { lead });
}

function stops(look) {
  return look.attempt(async () => {
    await send(look, "stop", "", crypto.randomUUID());
    look.listening = "";
  });
}
