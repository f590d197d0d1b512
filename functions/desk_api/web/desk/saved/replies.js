/** The saved replies that this agent can use, asked for when they are first needed. */

import { call, get } from "../../kit/api.js";
import { learn } from "../../kit/words.js";
import { savedWords } from "./saved-words.js";

learn(savedWords);

const FRESH = 60_000;
let asked = null;
let at = 0;

/** {replies: the agent's own first, each with `own`, centre}. */
export function savedReplies() {
  if (!asked || Date.now() - at > FRESH) {
    at = Date.now();
    asked = get("/saved-replies").then(({ own, team, centre }) => ({ centre, replies: [...marked(own, true), ...marked(team.filter(({ code }) => !own.some((one) => one.code === code)), false)] }));
    asked.catch(() => (asked = null));
  }
  return asked;
}

const marked = (replies, own) => replies.map((one) => ({ ...one, own }));

/** Those of this queue, and those of every queue. */
export const fitting = (replies, queue) => replies.filter(({ queues }) => !queues?.length || queues.includes(queue));

/** An empty text takes it away. */
export async function keep({ code, title_ko, title_en, text_ko, text_en, actions = [] }) {
  await call("PUT", `/saved-replies/${encodeURIComponent(code)}`, { title_ko, title_en, text_ko, text_en, actions });
  asked = null;
}
