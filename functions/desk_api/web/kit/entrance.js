/** The door of the staff pages: take up the session of the cookie, else ask for email and password. */

import { resume } from "./api.js";
import { h } from "./dom.js";
import { choose, currentLanguage, say } from "./words.js";

/** `page` is desk, supervisor or admin; `opened(agent)` is called once somebody is signed in. */
export async function enter(root, page, opened) {
  root.replaceChildren(h("div.login", {}, h("p.login-wait", { role: "status" }, say("login.wait"))));
  try {
    const agent = await resume();
    if (agent) return opened(agent);
    await showLogin(root, page, opened);
  } catch (failure) {
    await showLogin(root, page, opened, failure.sentence);
  }
}

/** The form is only loaded for who is not signed in. */
export async function showLogin(root, page, opened, sentence = "") {
  const { show } = await import("./login-form.js");
  show(root, page, opened, sentence);
}

export function languagePicker(changed) {
  const options = [["en", "English"], ["ko", "한국어"]].map(([value, name]) =>
    h("option", { value, lang: value, selected: value === currentLanguage() }, name),
  );
  const pick = ({ target }) => (choose(target.value), changed());
  return h("label.language", {}, h("span.quiet", {}, say("user.language")), h("select", { onchange: pick }, options));
}
