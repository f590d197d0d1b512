/**
 * Patchbay's web chat for any site: <script src="https://<your Patchbay>/widget.js" defer></script>
 *
 * One classic script without dependencies, so that a site needs no CORS, no module loader and no 'unsafe-inline': its
 * strict policy only has to name Patchbay in script-src and connect-src. It mounts <patchbay-chat> by itself; write
 * the element into the page to place it in the tree, `hidden` on it to put it away, `data-lang="ko"` on the script (or
 * `language="ko"` on the element) to fix the language, and `--patchbay-accent` in CSS to give it your colour. What was
 * said is kept in this browser until the visitor ends it.
 */

import { Talk } from "./widget/talk.js";
import { chatElement, NAME } from "./widget/view.js";

const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');

// A page may run the script again; the widget is there already, and comes back by itself.
if (!customElements.get(NAME)) {
  const talk = new Talk(new URL(script.src).origin);
  customElements.define(NAME, chatElement(talk, script.dataset.lang));
  const mount = () => document.querySelector(NAME) ?? document.body.append(document.createElement(NAME));
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", mount);
  else mount();
}
