/**
 * The staff API. The ID token lives in this module only; the refresh token is a cookie that scripts cannot read.
 * Every failure is a Failure whose `sentence` tells the reader what to do.
 */

import { keep, recall } from "./storage.js";
import { learnClock } from "./times.js";
import { currentLanguage, knows, say } from "./words.js";

const EARLY = 0.8;
// Scripts cannot see the cookie: this remembers that there may be one, so that a first visit asks for nothing.
const HINT = "patchbay.session";
// All tabs of a browser share the cookie, so they are one session of one person.
const tabs = new BroadcastChannel(HINT);
tabs.onmessage = ({ data: { person } }) => person !== who && end("elsewhere");
let token = "";
let who = "";
let timer = 0;
let renewing = null;
let signedOut = () => {};

export class Failure extends Error {
  constructor(status, { code = "", message = "", fields = {} } = {}) {
    super(message || code || `HTTP ${status}`);
    Object.assign(this, { status, code, fields, told: message });
  }

  /** Whether the same request may work later: no answer, too busy, or the server's fault. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** The server speaks the reader's language; what never reached it, or came from the gateway, is ours to say. */
  get sentence() {
    if (this.told) return this.told;
    if (this.code === "offline") return say("error.offline");
    if (knows(`error.${this.status}`)) return say(`error.${this.status}`);
    return say("error.other", { status: this.status });
  }
}

/**
 * `then(why)` is called once this page has no session any more: "" for a sign-out here, "elsewhere" for one in another
 * tab (or another person's sign-in there), "ended" where the session was over, "untold" where the centre did not
 * hear of a sign-out.
 */
export const whenSignedOut = (then) => (signedOut = then);

export async function signIn(credentials) {
  const agent = opened(await read(await send("POST", "/session", credentials)));
  tabs.postMessage({ person: who });
  return agent;
}

/** Take up the session of the cookie; null when there is none. */
export async function resume() {
  if (recall("local", HINT) === null) return null;
  renewing ??= send("POST", "/session/refresh", {}).then(read).then(opened).finally(() => (renewing = null));
  try {
    return await renewing;
  } catch (failure) {
    if (failure.passing) throw failure;
    keep("local", HINT, null);
    return null;
  }
}

/** Every tab is signed out at once, whatever the network does. */
export async function signOut() {
  const bearer = token;
  keep("local", HINT, null);
  tabs.postMessage({ person: "" });
  end("");
  await send("DELETE", "/session", undefined, bearer).then(read).catch(() => token || signedOut("untold"));
}

function end(why) {
  if (!token) return;
  clearTimeout(timer);
  token = who = "";
  signedOut(why);
}

/** One request; an expired token is renewed once and the request repeated. */
export async function call(method, path, body) {
  const answer = await send(method, path, body);
  if (answer.status !== 401) return read(answer);
  if (await resume()) return read(await send(method, path, body));
  end("ended");
  return read(answer);
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);

function opened(session) {
  // The cookie is another person's now: this page may not go on in their name.
  if (token && session.agent.id !== who) return end("elsewhere");
  token = session.id_token;
  who = session.agent.id;
  keep("local", HINT, "yes");
  clearTimeout(timer);
  timer = setTimeout(() => resume().catch(() => {}), session.expires_in * 1000 * EARLY);
  return session.agent;
}

async function send(method, path, body, bearer = token) {
  const headers = { "Accept-Language": currentLanguage(), Accept: "application/json" };
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  if (body) headers["Content-Type"] = "application/json";
  try {
    // keepalive: a sign-out is told even when the tab is closed with it.
    const options = { method, headers, body: body && JSON.stringify(body), cache: "no-store", keepalive: method === "DELETE" };
    const answer = await fetch(`/api${path}`, { ...options, credentials: "same-origin" });
    learnClock(answer.headers.get("Date"));
    return answer;
  } catch {
    throw new Failure(0, { code: "offline" });
  }
}

async function read(answer) {
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Failure(answer.status, typeof body.error === "object" ? body.error : {});
}
