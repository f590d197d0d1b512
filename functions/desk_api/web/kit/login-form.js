/** The door of the staff pages: take up the session of the cookie, else ask for email and password. */

import { resume, signIn } from "./api.js";
import { h } from "./dom.js";
import { mark } from "./mark.js";
import { choose, currentLanguage, say } from "./words.js";

/** `page` is desk or supervisor; `opened(agent)` is called once somebody is signed in. */
export async function enter(root, page, opened) {
  root.replaceChildren(h("div.login", {}, h("p.login-wait", { role: "status" }, say("login.wait"))));
  try {
    const agent = await resume();
    if (agent) return opened(agent);
    showLogin(root, page, opened);
  } catch (failure) {
    showLogin(root, page, opened, failure.sentence);
  }
}

export function showLogin(root, page, opened, sentence = "") {
  const form = new LoginForm();
  Object.assign(form, { page, opened, sentence });
  root.replaceChildren(form);
  form.querySelector("input").focus();
}

export function languagePicker(changed) {
  const options = [["en", "English"], ["ko", "한국어"]].map(([value, name]) =>
    h("option", { value, lang: value, selected: value === currentLanguage() }, name),
  );
  const pick = ({ target }) => (choose(target.value), changed());
  return h("label.language", {}, h("span.quiet", {}, say("user.language")), h("select", { onchange: pick }, options));
}

class LoginForm extends HTMLElement {
  connectedCallback() {
    this.className = "login";
    this.#show();
  }

  #show() {
    this.problem = h("p.problem", { role: "alert" }, this.sentence);
    this.submit = h("button.primary", { type: "submit" }, say("login.submit"));
    const field = (name, type, complete) =>
      h("label.field", {}, h("span", {}, say(`login.${name}`)),
        h("input", { name, type, autocomplete: complete, required: true, "aria-describedby": "login-problem" }));
    this.problem.id = "login-problem";
    // Asked for only when the server says that this is the first login.
    this.fresh = field("new_password", "password", "new-password");
    this.fresh.hidden = this.fresh.querySelector("input").disabled = true;
    this.form = h("form.login-card", { onsubmit: (event) => this.#enter(event) },
      h("div.login-mark", {}, mark(), h("span", {}, say("app.name"))),
      h("h1", {}, say("login.title")), h("p.quiet", {}, say(`login.lead.${this.page}`)),
      field("email", "email", "username"), field("password", "password", "current-password"), this.fresh,
      this.problem, this.submit, languagePicker(() => showLogin(this.parentNode, this.page, this.opened)));
    this.replaceChildren(h("main", { id: "main" }, this.form));
  }

  async #enter(event) {
    event.preventDefault();
    const told = Object.fromEntries(new FormData(this.form));
    this.#busy(true);
    try {
      this.opened(await signIn({ ...told, email: told.email.trim() }));
    } catch (failure) {
      this.problem.textContent = failure.sentence;
      this.#askAgain(failure.code);
    }
    this.#busy(false);
  }

  #askAgain(code) {
    const input = this.fresh.querySelector("input");
    if (code === "new_password_required") this.fresh.hidden = input.disabled = false;
    (input.disabled ? this.form.elements.password : input).focus();
  }

  #busy(busy) {
    this.submit.disabled = busy;
    this.submit.textContent = say(busy ? "login.busy" : "login.submit");
    if (busy) this.problem.textContent = "";
  }
}

customElements.define("pb-login", LoginForm);
