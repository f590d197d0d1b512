/** What a supervisor does to queues, to who waits in them, and to agents. The page looks again after each. */

import { call, get, post } from "../kit/api.js";
import { supervisor } from "./supervisor-state.js";

export const waiting = (queue, which, after) => get(`/waiting?${new URLSearchParams({ queue, ...which, after })}`);

export async function move(queue, to, which) {
  const answer = await post("/moves", { queue, to, ...which });
  supervisor.now();
  return answer;
}

export async function give({ customer_id, case_id, interaction_id }, agent_id) {
  const answer = await post("/assignments", { customer_id, case_id, interaction_id, agent_id });
  supervisor.now();
  return answer;
}

export async function run(queue, opening, why = "", into = "") {
  await call("PUT", "/queue-state", { queue, opening, why, into });
  supervisor.now();
}

export async function drain(agentId, draining) {
  try {
    await call("PUT", `/agents/${agentId}/draining`, { draining });
    supervisor.fails("drain", "");
  } catch (failure) {
    supervisor.fails("drain", failure.sentence);
  }
  supervisor.now();
}
