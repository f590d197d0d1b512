/** What floats over the page beside something (a menu, a tooltip): in the top layer, and always wholly in sight. */

const EDGE = 8; // pixels between it and the edge of the window

// It belongs to the same part of the page, for who reads it by its parts; and what lies outside of an open dialog is dead.
const PARTS = "dialog, main, header, nav, [role=banner]";

/** Shows `node`, which has the attribute popover, below `beside`, or above it where there is more room. */
export function floatBeside(node, beside, gap = 4) {
  const part = beside.closest(PARTS) ?? document.body;
  if (node.parentNode !== part) part.append(node);
  if (!node.matches(":popover-open")) node.showPopover();
  const [place, size] = [beside.getBoundingClientRect(), node.getBoundingClientRect()];
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const below = place.bottom + gap + size.height <= height - EDGE || place.top < height - place.bottom;
  node.style.top = `${Math.max(EDGE, below ? place.bottom + gap : place.top - gap - size.height)}px`;
  node.style.left = `${Math.max(EDGE, Math.min(place.left, width - EDGE - size.width))}px`;
}
