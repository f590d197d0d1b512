/** The dialog by which a case goes on: to whom, cold or after asking first, with a note. */

import { desk } from "./desk-state.js";
import { ask } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { reasonOf } from "../kit/labels.js";
import { measured } from "./measured.js";
import { currentLanguage, say, sayOr } from "../kit/words.js";

const COLD = "cold";
const CONSULT = "consult";

export function handOn(item) {
  const places = h("div.hand-places", { role: "radiogroup", "aria-label": say("hand.to") }, h("p.quiet.small", { role: "status" }, say("hand.wait")));
  const search = h("input", { type: "search", autocomplete: "off", placeholder: say("hand.search"), "aria-label": say("hand.search") });
  const how = [COLD, CONSULT].map((value) =>
    h("label.choice", {}, h("input", { type: "radio", name: "how", value, checked: value === COLD }), h("span", {}, h("b", {}, say(`hand.${value}`)), " ", h("span.quiet.small", {}, say(`hand.${value}.more`)))));
  const count = h("span.quiet.small", { "aria-live": "polite" });
  const measure = ({ target }) => (count.textContent = measured(target.value, desk.noteTraits).count);
  const fields = [
    h("fieldset", {}, h("legend.unseen", {}, say("hand.how")), h("div.choices.hand-how", {}, how)), search, places,
    h("label.field", {}, h("span", {}, say("hand.note")), h("textarea", { name: "note", rows: 2, oninput: measure }), count),
  ];
  ask(say("hand.title", { number: item.number }), say("hand.submit"), fields, async ({ how: way, place, note }, key) => {
    if (!place) throw new Error(say("hand.choose"));
    const { problem } = measured(note, desk.noteTraits);
    if (problem) throw new Error(problem);
    const [kind, name] = [place.slice(0, 5), place.slice(6)];
    const wish = { note: note.trim(), ...(kind === "agent" ? { to: name } : { queue: name }) };
    await (way === CONSULT ? desk.handing.consult(item, wish, key) : desk.handing.transfer(item, wish, key));
  });
  fill(item, places, search, how);
}

async function fill(item, places, search, how) {
  const known = await desk.attempt(() => desk.handing.colleagues(item));
  if (!known) return places.replaceChildren(h("p.problem", {}, say("hand.failed")));
  const show = () => {
    const consult = how[1].querySelector("input").checked;
    const wanted = search.value.trim().toLowerCase();
    const chosen = places.querySelector(":checked")?.value;
    const fits = (name) => name.toLowerCase().includes(wanted);
    const agents = known.agents.filter((one) => fits(one.name) && (!consult || one.free)).map(agentPlace);
    const queues = consult ? [] : known.queues.filter((one) => fits(labelOf(one))).map(queuePlace);
    const none = h("p.quiet.small", { role: "status" }, say(consult ? "hand.nobody" : "hand.nothing"));
    places.replaceChildren(...(agents.length || queues.length ? [...agents, ...queues] : [none]));
    const again = chosen && places.querySelector(`[value="${CSS.escape(chosen)}"]`);
    if (again) again.checked = true;
  };
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    const first = places.querySelector("input");
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "ArrowDown" && first) event.preventDefault(), first.focus();
  });
  for (const one of how) one.addEventListener("change", show);
  show();
}

const labelOf = (queue) => queue[`label_${currentLanguage()}`] || queue.name;

function agentPlace(one) {
  const state = one.routing_status === "not_responding" ? say("routing.not_responding")
    : one.presence === "aux" ? reasonOf(desk.aux, one.reason) : sayOr(`presence.${one.presence}`, one.presence);
  const room = say(one.free ? "hand.free" : "hand.busy", { used: one.used, full: one.full });
  const unfit = one.fits ? "" : h("span.tag.claimed", {}, say("hand.unfit"));
  return choice(`agent:${one.id}`, one.name, h("span.dot", { "data-presence": one.presence, "aria-hidden": "true" }), `${state} · ${room}`, unfit);
}

const queuePlace = (one) => choice(`queue:${one.name}`, say("offer.queue", { queue: labelOf(one) }), "", "", "");

function choice(value, name, mark, detail, tag) {
  return h("label.choice", {}, h("input", { type: "radio", name: "place", value }),
    h("span.hand-place", {}, h("span", {}, mark, " ", name, " ", tag), h("span.quiet.small", {}, detail)));
}

/** What stands above the conversation while a colleague is asked, or while this agent gives advice. */
export function consultBar(item, advises) {
  const button = (spec, key, action) => h(spec, { type: "button", onclick: action }, say(key));
  const end = button("button", advises ? "hand.leave" : "hand.end", () => desk.handing.endConsult(item));
  if (advises) return [h("span", {}, say("hand.advising")), end];
  const words = say(item.asked_rings ? "hand.rings" : "hand.with", { agent: item.asked_name || say("actor.colleague") });
  const over = item.asked_rings ? "" : button("button.primary", "hand.over", () => handOver(item));
  return [h("span", {}, words), ...[end, over].filter(Boolean)];
}

function handOver(item) {
  const fields = [h("p", {}, say("hand.over.lead", { agent: item.asked_name || say("actor.colleague") })),
    h("label.field", {}, h("span", {}, say("hand.note")), h("textarea", { name: "note", rows: 2 }))];
  ask(say("hand.over"), say("hand.over"), fields, ({ note }, key) => desk.handing.handOver(item, note.trim(), key));
}
