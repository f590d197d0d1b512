/** Small line drawings, 20 by 20, in the colour of the text beside them. They never stand alone: a word does. */

import { h, svg } from "./dom.js";
import { sayOr } from "./words.js";

const PATHS = {
  sms: "M6 2.5h8A1.5 1.5 0 0 1 15.5 4v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 16V4A1.5 1.5 0 0 1 6 2.5zM7.5 6.5h5M7.5 9.5h3M9 15h2",
  chat: "M3 4.5h14v9H10l-4 3.5v-3.5H3z",
  voice: "M5 3h3l1 4-2 1.5a9 9 0 0 0 4.5 4.5L13 11l4 1v3c0 1-1 2-2 2C8.5 17 3 11.5 3 5c0-1 1-2 2-2z",
  email: "M2.5 5h15v10.5h-15zM2.5 5.5l7.5 5.5 7.5-5.5",
  note: "M4 16.5l.7-3.4L13.5 4.3a1.6 1.6 0 0 1 2.3 2.3L7.1 15.4zM11.8 6l2.3 2.3",
  person: "M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 17.5c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5",
  globe: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM2.5 10h15M10 2.5c5 5 5 10 0 15M10 2.5c-5 5-5 10 0 15",
  clock: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 6v4.5l3 1.5",
  check: "M4 10.5l4 4 8-9",
  checks: "M1.5 10.5l4 4 7-9M9.5 14.5l8.5-9",
  warn: "M10 3l8 14H2zM10 8v4.5M10 14.8v.2",
  proven: "M10 2.5l6.5 2.5v4.5c0 4-2.7 6.7-6.5 8-3.8-1.3-6.5-4-6.5-8V5zM7 10l2.2 2.2L13.2 8",
  claimed: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM7.8 7.8c.3-2.8 4.6-2.6 4.4.1-.1 1.7-2.2 1.6-2.2 3.6M10 14v.2",
  send: "M3 10l14-6.5-4.5 13.5-3-5.5zM9.5 11.5L17 3.5",
  back: "M12.5 4L6.5 10l6 6",
  key: "M7 12.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10.5 9H17v3M14 9v2.5",
  done: "M3.5 10a6.5 6.5 0 1 0 13 0 6.5 6.5 0 0 0-13 0zM7 10l2.2 2.2L13.2 8",
  down: "M10 4v11M5 10.5l5 5 5-5",
  file: "M6 2.5h5.5L15 6v11.5H6zM11.5 2.5V6H15",
  dot: "M10 10h.01",
};

export function icon(name) {
  const shape = svg("path", { d: PATHS[name] ?? PATHS.dot });
  return svg("svg.icon", { viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" }, shape);
}

/** A channel as its drawing and its word. */
export const channelMark = (channel) =>
  h("span.channel", { "data-channel": channel }, icon(channel), h("span", {}, sayOr(`channel.${channel}`, channel)));
