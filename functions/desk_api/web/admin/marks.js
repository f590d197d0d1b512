/** What is wrong with the settings, shown at its field; what has no field on the page stands at the top. */

import { h } from "../kit/dom.js";

/** Returns the problems that found no place. The first marked field gets the focus. */
export function showMarks(root, problems, openAt) {
  for (const node of root.querySelectorAll(".problem")) node.replaceChildren();
  for (const node of root.querySelectorAll("[aria-invalid]")) node.removeAttribute("aria-invalid");
  for (const { path } of problems) openAt(path);
  const left = problems.filter((problem) => !mark(root, problem));
  root.querySelector("[aria-invalid]")?.focus();
  return left;
}

function mark(root, { path, message }) {
  const parts = path.split(".").filter(Boolean);
  for (let length = parts.length; length > 0; length--) {
    const node = root.querySelector(`[data-path="${CSS.escape(parts.slice(0, length).join("."))}"]`);
    const place = node?.querySelector(":scope > .problem");
    if (place) return write(node, place, message);
  }
  return false;
}

function write(node, place, message) {
  place.append(h("span.mistake", {}, message));
  const control = node.matches("label") ? node.querySelector("input, select, textarea") : node.querySelector("summary, button, input, select, textarea");
  control?.setAttribute("aria-invalid", "true");
  return true;
}
