/** What a saved reply does once it has left: each is answered for itself, and twice is once. */

import { post } from "../../kit/api.js";
import { actionWord } from "./acting.js";
import "./replies.js";
import { say } from "../../kit/words.js";

const HOUR = 3_600_000;
// A case that is closed or handed on takes nothing more: that goes last.
const ORDER = ["tag", "snooze", "transfer", "close"];

/** `one` is the reply, whose key names what follows from it. */
export async function actAfter(desk, one) {
  const told = [];
  for (const action of one.then.toSorted((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what))) {
    const what = actionWord(action, desk);
    try {
      await ACT[action.what](one, action.value, `${one.key.slice(0, 50)}-${action.what}`);
      told.push(say("saved.did", { what }));
    } catch (failure) {
      told.push(say("saved.notdone", { what, why: failure.sentence ?? failure.message }));
      desk.tell(told.join(" "));
      return;
    }
  }
  if (told.length) desk.tell(told.join(" "), "good");
  await desk.refresh().catch(() => {});
}

const ACT = {
  close: (one, disposition, key) => post(`/cases/${one.case_id}/close`, { customer_id: one.customer_id, disposition, key }),
  transfer: (one, queue, key) => post(`/cases/${one.case_id}/transfer`, { customer_id: one.customer_id, queue, key, note: say("saved.because", { title: one.used.title }) }),
  tag: (one, code, key) => act(one, { act: "tag", add: [code], key }),
  snooze: (one, hours, key) => act(one, { act: "snooze", until: new Date(Date.parse(one.at) + Number(hours) * HOUR).toISOString(), key }),
};

async function act({ customer_id, case_id }, told) {
  const { items } = await post("/acts", { ...told, cases: [{ customer_id, case_id }] });
  const refused = items.find(({ done }) => !done);
  if (refused) throw new Error(refused.message);
}
