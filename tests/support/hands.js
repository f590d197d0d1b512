(() => {
  const LONG = 500; // milliseconds for which nothing may have the focus, as something that comes may take it
  const describe = (node) => `${node.tagName.toLowerCase()} "${(node.getAttribute("aria-label") ?? node.textContent).trim().slice(0, 50)}"`;
  const nothing = (node) => !node || node === document.body || node === document.documentElement;

  /** What shows that a node has the focus: its own outline, or that of the label around it. */
  function marked(node) {
    if (node.matches("input[type=date], input[type=datetime-local]")) return node; // it marks its parts by itself
    for (const one of [node, node.closest("label")]) {
      if (!one) continue;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
      if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && !/[ ,/]0\)$/.test(outlineColor)) return one;
    }
    return null;
  }

  /** "" where the focus can be seen, else what is wrong with it. */
  window.focusProblem = () => {
    const node = document.activeElement;
    if (nothing(node)) return `nothing has the focus, which was at ${last}`;
    if (!node.checkVisibility({ visibilityProperty: true })) return `hidden: ${describe(node)}`;
    const mark = marked(node);
    if (!mark) return `not marked: ${describe(node)}`;
    const box = mark.getBoundingClientRect();
    const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    if (right - left < 4 || bottom - top < 4) return `out of sight: ${describe(node)}`;
    const whole = box.height > innerHeight / 2 || bottom - top >= box.height - 2;
    if (!whole) return `half out of sight: ${describe(node)}`;
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return hit && (mark.contains(hit) || node.contains(hit)) ? "" : `covered by ${hit && describe(hit)}: ${describe(node)}`;
  };
  window.focusNow = () => describe(document.activeElement);

  let last = ""; // before the first key nothing has the focus, and nothing has lost it
  let since = 0;
  window.lostFocus = [];
  addEventListener("focusin", ({ target }) => (last = describe(target)), true);
  setInterval(() => {
    if (!last || !nothing(document.activeElement) || !document.hasFocus()) return (since = 0);
    since ||= performance.now();
    if (performance.now() - since < LONG || lostFocus.at(-1) === last) return;
    lostFocus.push(last);
  }, 50);
})();
