/** The form by which staff sign in. */

import { signIn } from "./api.js";
import { h } from "./dom.js";
import { languagePicker } from "./entrance.js";
import { mark } from "./icons.js";
import { say } from "./words.js";

const CODES = new Set(["code_required", "wrong_code", "authenticator_required"]);

export function show(root, page, opened, sentence = "") {
  const form = new LoginForm();
  Object.assign(form, { page, opened, sentence });
  if (!root.matches("dialog") && document.querySelector("dialog:modal")) return above(root, form);
  root.replaceChildren(form);
  form.querySelector("input").focus();
}

/** Over a dialog that waits for who signs in again: nothing else of the page can be reached then. */
function above(root, form) {
  const { opened } = form;
  const dialog = h("dialog.login-over", { "aria-label": say("login.title"), oncancel: (event) => event.preventDefault() }, form);
  form.opened = (agent) => (dialog.remove(), opened(agent));
  root.replaceChildren();
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector("input").focus();
}

class LoginForm extends HTMLElement {
  connectedCallback() {
    this.className = "login";
    this.#show();
  }

  #show() {
    this.problem = h("p.problem", { role: "alert" }, this.sentence);
    this.submit = h("button.primary", { type: "submit" }, say("login.submit"));
    const field = (name, type, autocomplete, more = {}) =>
      h("label.field", {}, h("span", {}, say(`login.${name}`)),
        h("input", { name, type, autocomplete, required: true, "aria-describedby": "login-problem", ...more }));
    this.problem.id = "login-problem";
    // Asked for only when the server says that this is the first login.
    this.fresh = field("new_password", "password", "new-password");
    // Asked for only of who has an authenticator app, or has to set one up: then its key stands above.
    this.code = field("code", "text", "one-time-code", { inputmode: "numeric", pattern: "[0-9 ]{6,7}" });
    this.key = h("div.login-key", { hidden: true });
    this.session = "";
    for (const asked of [this.fresh, this.code]) asked.hidden = asked.querySelector("input").disabled = true;
    this.form = h("form.login-card", { onsubmit: (event) => this.#enter(event) },
      h("div.login-mark", {}, mark(), h("span", {}, say("app.name"))),
      h("h1", {}, say("login.title")), h("p.quiet", {}, say(`login.lead.${this.page}`)),
      field("email", "email", "username"), field("password", "password", "current-password"), this.fresh,
      this.problem, this.key, this.code, this.submit, languagePicker(() => show(this.parentNode, this.page, this.opened)));
    this.replaceChildren(h("main", { id: "main" }, this.form));
  }

  async #enter(event) {
    event.preventDefault();
    const told = Object.fromEntries(new FormData(this.form));
    this.#busy(true);
    try {
      this.opened(await signIn({ ...told, email: told.email.trim(), session: this.session }));
    } catch (failure) {
      this.problem.textContent = failure.sentence;
      this.#askAgain(failure);
    }
    this.#busy(false);
  }

  #askAgain({ code, fields }) {
    const wanted = { new_password_required: this.fresh, weak_password: this.fresh }[code] ?? (CODES.has(code) && this.code);
    if (code === "authenticator_required") this.#showKey(fields);
    if (code === "login_over") this.#startOver();
    if (!wanted) return this.form.elements.password.focus();
    const input = wanted.querySelector("input");
    wanted.hidden = input.disabled = false;
    input.focus();
  }

  /** The key as people type it, and as the app on this very phone takes it. */
  #showKey({ secret, session }) {
    this.session = session;
    const name = encodeURIComponent(`Patchbay:${this.form.elements.email.value.trim()}`);
    const href = `otpauth://totp/${name}?secret=${encodeURIComponent(secret)}&issuer=Patchbay`;
    this.key.replaceChildren(h("span.quiet", {}, say("login.key")), h("code", {}, secret.replace(/(.{4})(?=.)/g, "$1 ")),
      h("a", { href }, say("login.key.open")));
    this.key.hidden = false;
  }

  #startOver() {
    const input = this.code.querySelector("input");
    this.session = input.value = "";
    this.key.hidden = this.code.hidden = input.disabled = true;
  }

  #busy(busy) {
    this.submit.disabled = busy;
    this.submit.textContent = say(busy ? "login.busy" : "login.submit");
    if (busy) this.problem.textContent = "";
  }
}

customElements.define("pb-login", LoginForm);
