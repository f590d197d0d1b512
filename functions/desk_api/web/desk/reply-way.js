/** By which way a reply goes: that of the customer, until the agent chooses another. */

export const wayKey = ({ channel, address }) => `${channel} ${address}`;

/** The way the customer wrote by last. Where one channel has several, the card says which it was. */
export function wroteBy(ways, channel) {
  const fitting = channel ? ways.filter((way) => way.channel === channel) : ways;
  const way = fitting.find((one) => one.last) ?? fitting[0];
  return way ? wayKey(way) : "";
}

/**
 * `choice` is {way, against}: what the agent chose, and by which way the customer had written then. It holds until
 * the customer writes by another. What may not be written to is left out; null when nothing may.
 */
export function replyWay(ways, wrote, choice) {
  const open = ways.filter((way) => way.allowed);
  const named = (key) => open.find((way) => wayKey(way) === key);
  const chosen = choice && choice.against === wrote ? named(choice.way) : null;
  const [channel] = wrote.split(" ");
  return chosen ?? named(wrote) ?? open.find((way) => way.channel === channel) ?? open[0] ?? null;
}
