/** What a supervisor is asked before they step into a case or give it to somebody else. */

import { ask } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { toast } from "../kit/toast.js";
import { say } from "../kit/words.js";
import { give, move } from "./queue-acts.js";
import { supervisor } from "./supervisor-state.js";

const reason = (required = true) =>
  h("label.field", {}, h("span", {}, say("look.reason")), h("input", { name: "reason", required, maxlength: 500, autocomplete: "off" }));

export function stepIn(look) {
  const { number, owner_name: agent } = look.case;
  const lead = say("look.stepin.lead", { agent: agent || say("look.nobody") });
  const dialog = ask(say("look.stepin.title", { number }), say("look.stepin"), reason(), ({ reason: text }, key) => look.supervise({ act: "step_in", text, key }), { lead });
  // Who has stepped in is there to answer.
  dialog.addEventListener("close", () => look.inside && document.querySelector("pb-look pb-composer")?.focus());
}

/** A case that somebody has goes on with the reason; one that waits is given from its queue. */
export function assign(look) {
  const { case: kept } = look;
  const agents = (supervisor.live?.agents ?? []).filter((one) => one.presence !== "offline" && !one.draining && one.id !== kept.owner);
  const option = (kind) => ([value, words]) => h("option", { value: `${kind}:${value}` }, words);
  const queues = (supervisor.live?.queues ?? []).filter((one) => kept.state === "owned" || one.queue !== kept.queue);
  const target = h("select", { name: "target", required: true },
    h("option", { value: "" }, say("sup.choose")),
    h("optgroup", { label: say("look.assign.agents") }, agents.map((one) => option("agent")([one.id, one.name]))),
    h("optgroup", { label: say("look.assign.queues") }, queues.map((one) => option("queue")([one.queue, supervisor.queueName(one.queue)]))));
  const fields = [h("label.field", {}, h("span", {}, say("look.assign.to")), target), kept.state === "owned" && reason()];
  ask(say("look.assign.title", { number: kept.number }), say("look.assign"), fields, async (values, key) => {
    const [kind, name] = [values.target.split(":")[0], values.target.slice(values.target.indexOf(":") + 1)];
    if (!name) throw new Error(say("look.assign.choose"));
    if (kept.state === "owned") await look.supervise({ act: "assign", [kind === "agent" ? "to" : "queue"]: name, text: values.reason, key });
    else await given(look, kind, name);
    toast(say("look.assigned"));
  });
}

async function given(look, kind, name) {
  const row = supervisor.openCase(look.case_id);
  const named = { customer_id: look.customer_id, case_id: look.case_id, interaction_id: row?.interaction_id ?? "" };
  if (kind === "agent") await give(named, name);
  else await move(look.case.queue, name, { contacts: [named] });
  await look.talks.loadCard(look.customer_id);
}
