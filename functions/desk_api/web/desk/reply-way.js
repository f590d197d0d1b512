/** By which way a reply goes: that of the customer, until the agent chooses another. */

export const wayKey = ({ channel, address }) => `${channel} ${address}`;

/** The way the customer wrote by last, when, and since when. Where one channel has several, the card says which. */
export function wroteBy(ways, { channel, at, since }) {
  const fitting = channel ? ways.filter((way) => way.channel === channel) : ways;
  const way = fitting.find((one) => one.last) ?? fitting[0];
  return { key: way ? wayKey(way) : "", channel: way?.channel, at, since };
}

/**
 * `choice` is {way, against}: what the agent chose, and what the customer had written by then. It holds until the
 * customer writes by another way. What may not be written to is left out; null when nothing may.
 */
export function replyWay(ways, wrote, choice) {
  const open = ways.filter((way) => way.allowed);
  const named = (key) => open.find((way) => wayKey(way) === key);
  const holds = choice && choice.against.key === wrote.key && wrote.since <= choice.against.at;
  const chosen = holds ? named(choice.way) : null;
  return chosen ?? named(wrote.key) ?? open.find((way) => way.channel === wrote.channel) ?? open[0] ?? null;
}
