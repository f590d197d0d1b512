/** What a line of the timeline says of a call: who, what became of them, how long a recording is. */

import { isCall } from "../../kit/channels.js";
import { h } from "../../kit/dom.js";
import { icon } from "../../kit/icons.js";
import { duration } from "../../kit/times.js";
import { say, sayOr } from "../../kit/words.js";
import { legName, legState } from "./legs.js";

/** The places that the sentences of calls fill. */
export const callValues = ({ kind, facts = {} }, desk, agent) =>
  kind === "leg_changed" || kind === "call_acted" ? { party: party(facts, desk, agent), leg: legState(facts), act: sayOr(`acted.${facts.act}`, facts.act ?? "") } : {};

function party({ role, agent: id }, desk, agent) {
  if (role === "customer") return desk.customerName || say("actor.customer");
  return id ? agent : legName({ role });
}

const long = ({ facts }) => (facts?.seconds ? h("span.quiet", {}, duration(facts.seconds)) : null);

/** Beside the sentence: how long a recording is, that nothing could be made out of it, that a call was forwarded. */
export function callMore(entry) {
  if (entry.kind === "call_recorded") return [long(entry)];
  if (entry.facts?.forwarded) return [h("span.quiet", {}, say("record.forwarded"))];
  return entry.kind === "call_transcribed" && !entry.text ? [h("span.event-text", {}, say("record.nothing"))] : [];
}

/** Above the player of what a customer left on the phone. */
export function voicemail(entry) {
  if (!isCall(entry.channel) || !entry.files?.length) return null;
  return h("p.line-media", {}, icon("phone"), say("record.voicemail"), long(entry));
}
