/** Turbo, pjax and htmx replace what is in the page, or the whole body: the widget comes back. */

const TIMES = 5;
const MOMENT = 1000; // milliseconds
let returned = [];

/** A page that takes the widget away again and again means it. */
export function comeBack(element, name) {
  const there = document.querySelector(name);
  if (there) return there.connectedCallback();
  returned = [...returned.slice(1 - TIMES), Date.now()];
  if (returned.length < TIMES || Date.now() - returned[0] > MOMENT) document.body?.append(element);
}
