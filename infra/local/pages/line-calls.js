/** All calls at the stand-in carrier, asked for once for the whole page; each phone is told of its own. */

const HERE = "/local/voice";
const LOOK = 700;
const watchers = new Set();
let looking = false;

/** `told(calls)` with each look, null while nobody answers; the returned function ends it. */
export function watch(told) {
  watchers.add(told);
  return () => watchers.delete(told);
}

export async function look() {
  if (looking) return;
  looking = true;
  const calls = await asked().catch(() => null);
  for (const told of [...watchers]) told(calls);
  looking = false;
}

async function asked() {
  const answer = await fetch(`${HERE}/calls`, { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).items;
}

/** What a person does: call, keys, say, pick_up, decline, hang_up. Throws with the reason. */
export async function act(name, told) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${HERE}/${name}`, { method: "POST", headers, body: JSON.stringify(told) });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error?.message ?? `HTTP ${answer.status}`);
  await look();
  return body;
}

/** Where a telephone program rings the centre; "" while nobody answers. */
export async function sipAddress() {
  const answer = await fetch(`${HERE}/sip`).catch(() => null);
  return answer?.ok ? (await answer.json()).address : "";
}

export const soundOf = (recording) => HERE + recording.path;

/** The number at whose phone a call is. */
export const phoneOf = (call) => (call.direction === "inbound" ? call.from : call.to);

export const live = (call) => ["queued", "initiated", "ringing", "in-progress"].includes(call.state);

setInterval(() => document.hidden || look(), LOOK);
