/** One act on many cases, a few at a time, so that one sees how far it is. Again with the same key is once. */

import { Failure, post } from "../../kit/api.js";

const AT_ONCE = 10;
const TRIES = 3;

/**
 * `told({done, all, failed})` hears how far it is; the answer is the same. `failed`: [{item, code, message}], those for
 * which there was no time or no answer are tried again first.
 */
export async function actOn(act, items, values, key, told = () => {}) {
  const state = { act, values, key, all: items.length, done: 0, failed: [], ended: new Set() };
  let left = items;
  for (let n = 0; left.length && n < TRIES; n += 1) left = await pass(state, left, n === TRIES - 1, told);
  return state;
}

async function pass(state, items, last, told) {
  const again = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const some = items.slice(start, start + AT_ONCE);
    for (const { item, done, code, message, passing } of await ask(state, some)) {
      if (done) (state.done += 1), state.ended.add(item.case_id);
      else if (passing && !last) again.push(item);
      else state.failed.push({ item, code, message });
    }
    told(state);
  }
  return again;
}

/** What becomes of each, also where nothing was answered. */
async function ask({ act, values, key }, items) {
  const cases = items.map(({ case_id, customer_id }) => ({ case_id, customer_id }));
  try {
    const answer = await post("/acts", { act, cases, key, ...values });
    const by = new Map(answer.items.map((one) => [one.case_id, one]));
    return items.map((item) => ({ item, ...by.get(item.case_id), passing: by.get(item.case_id)?.code === "not_done_yet" }));
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return items.map((item) => ({ item, code: failure.code, message: failure.sentence, passing: failure.passing }));
  }
}
