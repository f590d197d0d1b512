/** What is news on a desk, and which of it sounds or shows: values in, values out. */

/** What an agent may be told of, the most urgent first, and how. As TOLD_OF and TOLD_BY of desk/inbox.py. */
export const WHATS = ["offers", "mentions", "messages", "followed"];
export const HOWS = ["sound", "desktop"];
export const TEXT = "text";
const AT_FIRST = ["offers.sound", "offers.desktop", "mentions.sound", "mentions.desktop", "messages.desktop"];

const PAUSE = 2000; // milliseconds between two sounds
const MOST = 3; // desktop notifications at a time; more become one that counts them

/** The switches that are on; `told` is null while the agent has chosen nothing. */
export const switchedOn = (told) => new Set(told ?? AT_FIRST);

/** A desk as it stands: what could be told of it, by a name that is another one when there is news. */
export function standing({ offers, cases, notices, followed }) {
  return {
    offers: new Map(offers.map((one) => [one.offer_id, one])),
    mentions: new Map(notices.map((one) => [one.id, one])),
    messages: new Map(cases.filter((one) => one.last_from === "customer").map((one) => [`${one.case_id} ${one.last_at}`, one])),
    followed: new Map(followed.filter((one) => one.last_at).map((one) => [`${one.case_id} ${one.last_at}`, one])),
    known: new Set([...cases, ...followed].map((one) => one.case_id)),
  };
}

/**
 * What `after` has that `before` had not: [{what, id, about}], the most urgent first. A case that has just come is no
 * message, though somebody wrote in it; at the first look (`before` is null) only offers are news.
 */
export function news(before, after) {
  const fresh = (what) => [...after[what]].filter(([id]) => !before?.[what].has(id));
  const spoke = (what) => fresh(what).filter(([, one]) => before?.known.has(one.case_id));
  const found = { offers: fresh("offers"), mentions: before ? fresh("mentions") : [], messages: spoke("messages"), followed: spoke("followed") };
  return WHATS.flatMap((what) => found[what].map(([id, about]) => ({ what, id, about })));
}

/**
 * Which one sounds, and in how many milliseconds; null for none. An offer always does, also in front of the agent's
 * eyes; what follows another sound too soon does not, save that an offer waits for its turn. However much is new, it
 * sounds once.
 */
export function sounding(fresh, { on, front, now, last }) {
  const loud = fresh.find(({ what }) => on.has(`${what}.sound`) && (what === "offers" || !front));
  if (!loud) return null;
  const wait = Math.max(0, last + PAUSE - now);
  return wait && loud.what !== "offers" ? null : { what: loud.what, wait };
}

/** What is shown as notifications of the system: nothing while the desk is in front. Many are counted in one. */
export function showing(fresh, { on, front }) {
  if (front) return [];
  const seen = fresh.filter(({ what }) => on.has(`${what}.desktop`));
  return seen.length > MOST ? [{ what: "many", id: "many", n: seen.length, about: null }] : seen;
}

/** What stands in the title and on the icon: who waits for a yes, what was not read, who called the agent. */
export const waitingCount = ({ offers, unread, notices }) => offers + unread + notices;
