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
const STOP = "stop";

/** Whether a call of this case goes on. */
export const onCall = ({ case: kept }) =>
  (kept?.interactions ?? []).some(({ channel, ended_by, ended_at }) => isCall(channel) && !ended_by && !ended_at);

/**
 * Our part in the call, by what the timeline says: {how, state}; null where we have none, or it is over. Between our
 * wish and the carrier's first word of our telephone it is being dialled; once we stop, it is there until that ends.
 */
export function ownPart({ timeline, agent, case_id: caseId }) {
  const ours = [...timeline.entries.values()].filter(({ case_id, facts }) => case_id === caseId && facts?.agent === agent.id).sort((a, b) => a.seq - b.seq);
  const act = ours.findLast(({ kind, facts }) => kind === "call_acted" && (facts.act === STOP || HOWS.includes(facts.act)));
  const leg = ours.findLast(({ kind, facts }) => kind === "leg_changed" && facts.role === "supervisor");
  const state = leg?.facts.state;
  const wanted = act && act.facts.act !== STOP;
  if (wanted && (!leg || (OVER.has(state) && leg.seq < act.seq))) return { how: act.facts.act, state: "dialled" };
  return leg && !OVER.has(state) ? { how: wanted ? act.facts.act : "", state } : null;
}

/** The buttons, and a line that says how it is; nothing where nobody is on the phone. */
export function listenDoors(look) {
  const part = ownPart(look);
  if (!part && !onCall(look)) return [];
  const door = (how) => h("button", { type: "button", "aria-pressed": String(part?.how === how), disabled: part?.how === how, onclick: () => asks(look, how) },
    h("span", {}, say(`listen.${how}`)));
  const stop = part?.how && h("button", { type: "button", onclick: () => stops(look) }, icon("hang"), say("listen.stop"));
  const state = part && h("p.small.inside", { role: "status" }, say(part.how ? `listen.is.${part.how}` : "listen.is", { state: legState(part) }));
  return [...HOWS.map(door), stop, state].filter(Boolean);
}

/** A sign of all that the buttons say. */
export const listenSign = (look) => JSON.stringify([onCall(look), ownPart(look)]);

const send = (look, how, reason, key) =>
  post(`/cases/${encodeURIComponent(look.case_id)}/listen`, { key, customer_id: look.customer_id, how, reason });

function asks(look, how) {
  const { number, owner_name: agent } = look.case;
  const reason = h("label.field", {}, h("span", {}, say("look.reason")), h("input", { name: "reason", required: true, maxlength: 500, autocomplete: "off" }));
  const note = h("p.quiet.small", {}, say(supervisor.me?.announce_listening ? "listen.announced" : "listen.silent"));
  const lead = say(`listen.${how}.lead`, { agent: agent || say("look.nobody") });
  ask(say(`listen.${how}.title`, { number }), say(`listen.${how}`), [note, reason], async ({ reason: why }, key) => {
    await send(look, how, why, key);
    await look.talks.catchUp();
  }, { lead });
}

function stops(look) {
  return look.attempt(async () => {
    await send(look, STOP, "", crypto.randomUUID());
    await look.talks.catchUp();
  });
}
