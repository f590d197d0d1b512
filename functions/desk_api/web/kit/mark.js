/** Our mark: two jacks of a patchbay and the cable between them. */

import { svg } from "./dom.js";

export const mark = () =>
  svg("svg.mark", { viewBox: "0 0 32 32", "aria-hidden": "true", focusable: "false" },
    svg("rect.mark-plate", { x: 1, y: 1, width: 30, height: 30, rx: 8 }),
    svg("path.mark-cable", { d: "M10 11c0 13 12 -3 12 10" }),
    svg("circle.mark-jack", { cx: 10, cy: 10, r: 3.6 }),
    svg("circle.mark-jack", { cx: 22, cy: 22, r: 3.6 }));
