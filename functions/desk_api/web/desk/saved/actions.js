/** What a saved reply does once it has left: each is answered for itself, and twice is once. */

import { post } from "../../kit/api.js";
import { actionWord } from "./acting.js";
import { ASKS } from "./asks.js";
import "./replies.js";
import { say } from "../../kit/words.js";

// A case that is closed or handed on takes nothing more: that goes last.
const ORDER = ["tag", "snooze", "transfer", "close"];

/** `one` is the reply, whose key names what follows from it. */
export async function actAfter(desk, one) {
  const told = [];
  for (const action of one.then.toSorted((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what))) {
    const what = actionWord(action, desk);
    try {
      await act(one, action, `${one.key.slice(0, 50)}-${action.what}`);
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

async function act(one, { what, value }, key) {
  const [path, body] = ASKS[what](one, value, say("saved.because", { title: one.used.title }));
  const { items = [] } = await post(path, { ...body, key });
  const refused = items.find(({ done }) => !done);
  if (refused) throw new Error(refused.message);
}
