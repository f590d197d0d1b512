/** What floats over the page beside something (a menu, a tooltip): in the top layer, and always wholly in sight. */

const EDGE = 8; // pixels between it and the edge of the window

/** Shows `node`, which has the attribute popover, below `beside`, or above it where there is more room. */
export function floatBeside(node, beside, gap = 4) {
  if (!node.isConnected) (beside.closest("dialog") ?? document.body).append(node);
  if (!node.matches(":popover-open")) node.showPopover();
  const [place, size] = [beside.getBoundingClientRect(), node.getBoundingClientRect()];
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const below = place.bottom + gap + size.height <= height - EDGE || place.top < height - place.bottom;
  node.style.top = `${Math.max(EDGE, below ? place.bottom + gap : place.top - gap - size.height)}px`;
  node.style.left = `${Math.max(EDGE, Math.min(place.left, width - EDGE - size.width))}px`;
}
