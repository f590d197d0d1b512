/** The door of the staff pages: take up the session of the cookie, else ask for email and password. */

import { resume } from "./api.js";
import { h } from "./dom.js";
import { choose, currentLanguage, say } from "./words.js";

let last = "";

/** What was begun in a dialog waits for the same person alone. */
function known(agent) {
  if (last && agent.id !== last) closeDialogs();
  last = agent.id;
}

function closeDialogs() {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
}

/** `page` is desk, supervisor or admin; `opened(agent)` is called once somebody is signed in. */
export async function enter(root, page, opened) {
  addEventListener("keydown", () => import("./kept-focus.js").then(({ keepFocus }) => keepFocus()), { once: true });
  root.replaceChildren(h("div.login", {}, h("p.login-wait", { role: "status" }, say("login.wait"))));
  try {
    const agent = await resume();
    if (agent) return known(agent), opened(agent);
    await showLogin(root, page, opened);
  } catch (failure) {
    await showLogin(root, page, opened, failure.sentence);
  }
}

/**
 * The form is only loaded for who is not signed in. `keep`: the session merely ended, so what is being written in a
 * dialog stays under the form; else it goes with its writer.
 */
export async function showLogin(root, page, opened, sentence = "", keep = false) {
  if (!keep) closeDialogs();
  const { show } = await import("./login-form.js");
  show(root, page, (agent) => (known(agent), opened(agent)), sentence);
}

export function languagePicker(changed) {
  const options = [["en", "English"], ["ko", "한국어"]].map(([value, name]) =>
    h("option", { value, lang: value, selected: value === currentLanguage() }, name),
  );
  const pick = ({ target }) => (choose(target.value), changed());
  return h("label.language", {}, h("span.quiet", {}, say("user.language")), h("select", { onchange: pick }, options));
}
