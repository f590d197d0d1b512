/** Small line drawings, 20 by 20, in the colour of the text beside them. They never stand alone: a word does. */

import { svg } from "./dom.js";

const PATHS = {
  talk: "M3 4.5h14v9H10l-4 3.5v-3.5H3z",
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
  auto: "M4.5 7h11v8.5h-11zM10 7V3.5M7.5 11v.2M12.5 11v.2M2 10v3M18 10v3",
  done: "M3.5 10a6.5 6.5 0 1 0 13 0 6.5 6.5 0 0 0-13 0zM7 10l2.2 2.2L13.2 8",
  down: "M10 4v11M5 10.5l5 5 5-5",
  file: "M6 2.5h5.5L15 6v11.5H6zM11.5 2.5V6H15",
  clip: "M14.5 9l-5.2 5.2a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-5.8 5.7a1 1 0 0 1-1.4-1.4L11.5 6",
  bell: "M10 3a4.5 4.5 0 0 0-4.5 4.5c0 4.5-2 5.5-2 6.5h13c0-1-2-2-2-6.5A4.5 4.5 0 0 0 10 3zM8.5 16.5a1.6 1.6 0 0 0 3 0",
  find: "M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM13.3 13.3L17.5 17.5",
  go: "M4 10h11M10.5 5.5L15 10l-4.5 4.5",
  saved: "M5 2.5h10v15l-5-3.6-5 3.6zM8 6.5h4M8 9.5h4",
  smile: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM7 11.5c.6 2 5.4 2 6 0M7.3 7.6v.4M12.7 7.6v.4",
  bold: "M6 3.5h4.8a3.2 3.2 0 0 1 0 6.4H6zM6 9.9h5.6a3.3 3.3 0 0 1 0 6.6H6z",
  link: "M8.5 11.5a3.2 3.2 0 0 0 4.6 0l2.6-2.6a3.2 3.2 0 0 0-4.6-4.6l-1 1M11.5 8.5a3.2 3.2 0 0 0-4.6 0l-2.6 2.6a3.2 3.2 0 0 0 4.6 4.6l1-1",
  phone: "M6.2 2.8L4 4.2c-.8.6-1 1.6-.7 2.5 1.6 4.6 5.3 8.3 9.9 9.9.9.3 1.9.1 2.5-.7l1.5-2.1-3.6-2.4-1.6 1.6c-2-1-3.6-2.6-4.6-4.6L9 6.8z",
  hang: "M2.5 12.5c4.5-4.6 10.5-4.6 15 0l-1.8 2.3-3.2-1.4v-2.2a8 8 0 0 0-5 0v2.2l-3.2 1.4z",
  record: "M10 15a5 5 0 1 0 0-10 5 5 0 0 0 0 10z",
  mute: "M7.5 9V5.5a2.5 2.5 0 0 1 5 0V10a2.5 2.5 0 0 1-5 0zM4.5 9.5a5.5 5.5 0 0 0 11 0M10 15v2.5M3.5 3.5l13 13",
  pause: "M7 4.5v11M13 4.5v11",
  play: "M6 4l9 6-9 6z",
  dot: "M10 10h.01",
};

export const icon = (name) => drawing(PATHS[name] ?? PATHS.dot);

/** A drawing by its path: a channel brings its own. */
export function drawing(path) {
  const shape = svg("path", { d: path });
  return svg("svg.icon", { viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" }, shape);
}

/** Our mark: two jacks of a patchbay and the cable between them. */
export const mark = () =>
  svg("svg.mark", { viewBox: "0 0 32 32", "aria-hidden": "true", focusable: "false" },
    svg("rect.mark-plate", { x: 1, y: 1, width: 30, height: 30, rx: 8 }),
    svg("path.mark-cable", { d: "M10 11c0 13 12 -3 12 10" }),
    svg("circle.mark-jack", { cx: 10, cy: 10, r: 3.6 }),
    svg("circle.mark-jack", { cx: 22, cy: 22, r: 3.6 }));
