/**
 * Patchbay's web chat for any site: <script src="https://<your Patchbay>/widget.js" defer></script>
 *
 * One classic script without dependencies, so that a site needs no CORS, no module loader and no 'unsafe-inline': its
 * strict policy only has to name Patchbay in script-src and connect-src. It mounts <patchbay-chat> by itself; write
 * the element into the page to place it in the tree, `language="ko"` on it to fix the language, and
 * `--patchbay-accent` in CSS to give it your colour. What was said is kept in this browser until the visitor ends it.
 */
(() => {
  if (customElements.get("patchbay-chat")) return;
  const origin = new URL(document.currentScript.src).origin;
  const KEPT = "patchbay.chat";
  const OPEN = "patchbay.chat.open";
  const MOST_KEPT = 200;
  const MOST_TEXT = 4000;
  // Printable ASCII only: a Korean particle written against an address is not part of it.
  const ADDRESS = /https?:\/\/[!#-;=?-~]+/g;
  const AFTER_IT = /[.,;:!?)\]}'*]+$/;
  // API Gateway ends a silent connection after 10 minutes; a visitor silent for an hour should cost nothing.
  const KEEP_ALIVE = 5 * 60_000;
  const IDLE = 60 * 60_000;

  /** A token is v1.<visitor>.<proof>: the proof may be made anew, the visitor stays. */
  const visitorOf = (token) => token.split(".").slice(0, 2).join(".");

  const WORDS = {
    open: ["Chat with us", "채팅 상담"],
    unread: ["Chat with us, {n} new", "채팅 상담, 새 메시지 {n}개"],
    title: ["Chat", "채팅 상담"],
    hello: ["Hello! How can we help? A person will answer here.", "안녕하세요! 무엇을 도와드릴까요? 상담원이 여기에서 답해 드립니다."],
    log: ["Messages", "메시지"],
    place: ["Write a message…", "메시지를 입력하세요…"],
    send: ["Send", "보내기"],
    close: ["Close the chat window", "채팅 창 닫기"],
    sms: ["Go on by SMS", "문자로 이어가기"],
    end: ["End chat", "채팅 종료"],
    ending: ["End this chat? What was said is removed from this browser.", "채팅을 종료할까요? 대화 내용이 이 브라우저에서 지워집니다."],
    stay: ["Stay", "계속하기"],
    connecting: ["Connecting…", "연결 중…"],
    lost: ["No connection. What you write is kept and sent when it is back.", "연결이 끊겼습니다. 작성한 메시지는 연결되면 전송됩니다."],
    sending: ["Sending…", "보내는 중…"],
    accepted: ["Sent", "보냄"],
    failed: ["Not sent", "전송 실패"],
    again: ["Try again", "다시 시도"],
    phone: ["Your mobile number", "휴대전화 번호"],
    ask: ["Send code", "인증번호 받기"],
    cancel: ["Cancel", "취소"],
    asked: ["Go on by SMS: {phone}", "문자로 이어가기: {phone}"],
    why: ["We send a six-digit code to your phone. Type it here, and you can go on by SMS.", "휴대전화로 6자리 인증번호를 보냅니다. 여기에 입력하면 문자로 이어갈 수 있습니다."],
    us: ["Support", "상담원"],
    you: ["You", "나"],
    score: ["Your score", "만족도"],
    low: ["Poor", "불만족"],
    high: ["Great", "매우 만족"],
    thanks: ["Thank you: {score} of {scale}", "감사합니다: {scale}점 중 {score}점"],
  };

  const STYLE = `
    :host { --accent: var(--patchbay-accent, #0b5f58); --on: #fff; --ground: #fff; --sunk: #f3f2ee; --ink: #1b2322;
      --quiet: #56625f; --edge: #868f8b; --line: #e2e0d9; --bad: #a82119; --focus: #1d5fd1; color-scheme: light dark;
      position: fixed; right: 20px; bottom: 20px; z-index: 2147483000; font: 15px/1.5 system-ui, -apple-system, "Segoe UI",
      Roboto, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", sans-serif; color: var(--ink); }
    @media (prefers-color-scheme: dark) { :host { --accent: var(--patchbay-accent-dark, #63cbbb); --on: #06221e; --ground: #181f1e;
      --sunk: #242d2b; --ink: #e8edeb; --quiet: #a2afab; --edge: #73827e; --line: #2a3432; --bad: #ff9a90; --focus: #8db8ff; } }
    * { box-sizing: border-box; } [hidden] { display: none !important; }
    :focus-visible { outline: 2.5px solid var(--focus); outline-offset: 2px; }
    button { min-height: 2.2em; padding: .2em .8em; font: inherit; font-size: .87em; font-weight: 550; color: var(--ink);
      background: none; border: 1px solid var(--edge); border-radius: 8px; cursor: pointer; }
    button:hover { border-color: var(--accent); } .main { color: var(--on); background: var(--accent); border-color: var(--accent); }
    .bare { border-color: transparent; color: var(--accent); }
    .launch { display: flex; align-items: center; gap: .6em; min-height: 52px; padding: 0 1.3em; font-size: 1em; border-radius: 99px;
      box-shadow: 0 6px 24px rgb(0 0 0 / 22%); }
    .launch svg { width: 22px; fill: none; stroke: currentcolor; stroke-width: 1.8; stroke-linejoin: round; }
    .badge { padding: 0 .5em; color: var(--accent); background: var(--on); border-radius: 99px; font-weight: 700; }
    .panel { display: flex; flex-direction: column; width: 380px; height: min(620px, calc(100dvh - 40px)); overflow: hidden;
      background: var(--ground); border: 1px solid var(--line); border-radius: 16px; box-shadow: 0 10px 44px rgb(0 0 0 / 25%); }
    .head { display: flex; flex-wrap: wrap; align-items: center; gap: .2em .4em; padding: .7em .7em .5em 1.1em; border-bottom: 1px solid var(--line); }
    h2 { flex: 1; margin: 0; font-size: 1.1em; font-weight: 650; } .close { font-size: 1.25em; line-height: 1; }
    .state { flex-basis: 100%; margin: 0; font-size: .8em; color: var(--quiet); }
    .log { flex: 1; display: flex; flex-direction: column; gap: .2em; margin: 0; padding: 1em 1.1em; overflow-y: auto; overscroll-behavior: contain; }
    .log > div { max-width: 84%; align-self: flex-start; } .log > .mine { align-self: flex-end; text-align: right; }
    .text { margin: 0; padding: .5em .85em; text-align: start; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--sunk); border-radius: 4px 15px 15px; }
    .text a { color: inherit; text-underline-offset: .15em; } .mine .text { color: var(--on); background: var(--accent); border-radius: 15px 4px 15px 15px; }
    .foot { margin: .1em .3em .5em; font-size: .76em; color: var(--quiet); } .failed .foot { color: var(--bad); }
    .foot button { min-height: 1.6em; padding: 0 .4em; }
    .scores { display: flex; gap: .4em; margin: .5em 0 .1em; padding: 0; border: 0; } .scores button { flex: 1; min-width: 2.6em; min-height: 2.6em; font-size: 1em; }
    .ends { display: flex; justify-content: space-between; font-size: .76em; color: var(--quiet); }
    form { display: flex; gap: .5em; align-items: flex-end; padding: .7em .8em; border-top: 1px solid var(--line); }
    .number { flex-wrap: wrap; background: var(--sunk); } .number label, .number p { flex-basis: 100%; margin: 0; font-size: .87em; }
    textarea, input { flex: 1; min-width: 0; padding: .5em .7em; font: inherit; font-size: 16px; color: var(--ink); background: var(--ground); border: 1px solid var(--edge); border-radius: 10px; resize: none; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    @media (max-width: 520px) { :host(.opened) { inset: 0; } .panel { width: 100%; height: 100%; border: 0; border-radius: 0; }
      form { padding-bottom: max(.7em, env(safe-area-inset-bottom)); } }
  `;

  /** Storage may be full or forbidden: then the chat works and a reload forgets. */
  function keep(where, key, value) {
    try {
      window[where].setItem(key, value);
    } catch {
      // nothing can be kept here
    }
  }

  function kept(where, key) {
    try {
      return window[where].getItem(key);
    } catch {
      return null;
    }
  }

  /** What was said and the line to Patchbay. Items: {id | seq, mine, text, at, kind, scale, frame, state, score, reason}. */
  class Talk extends EventTarget {
    #socket = null;
    #asking = false;
    #failures = 0;
    #timers = {};
    #lastUse = Date.now();
    wanted = false;
    language = "en";

    constructor() {
      super();
      this.#restore();
      addEventListener("storage", ({ key }) => key === KEPT && (this.#restore(), this.#changed("rebuild")));
      addEventListener("online", () => this.wanted && this.connect());
    }

    get open() {
      return this.#socket?.readyState === WebSocket.OPEN;
    }

    get begun() {
      return this.kept.items.length > 0;
    }

    async connect() {
      this.wanted = true;
      this.#lastUse = Date.now();
      if (this.#asking || (this.#socket && this.#socket.readyState <= WebSocket.OPEN)) return;
      clearTimeout(this.#timers.again);
      this.#asking = true;
      try {
        const body = JSON.stringify({ visitor: this.kept.visitor || undefined, language: this.language });
        const answer = await fetch(`${origin}/public/chat/ticket`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
        if (!answer.ok) throw new Error(`ticket: ${answer.status}`);
        this.#attach(await answer.json());
      } catch {
        // A refused origin looks to a script like a lost network: whoever builds the site finds the hint in the console.
        if (!this.#failures && !this.kept.visitor) console.info(`Patchbay chat: no answer. Is ${location.origin} among the AllowedOrigins of ${origin}?`);
        this.#again();
      }
      this.#asking = false;
    }

    /** Shown at once, sent when there is a line, sent again with the same id until it is accepted. */
    say(frame, text) {
      const id = crypto.randomUUID();
      this.kept.items.push({ id, mine: true, text, at: new Date().toISOString(), frame: { ...frame, id }, state: "sending" });
      this.#go(this.kept.items.at(-1));
    }

    score(item, score) {
      Object.assign(item, { score, state: "sending", frame: { action: "survey", id: crypto.randomUUID(), score } });
      this.#go(item);
    }

    again(item) {
      Object.assign(item, { state: "sending", reason: "" });
      this.#go(item);
    }

    end() {
      this.#send({ action: "leave" });
      this.wanted = false;
      clearTimeout(this.#timers.alive);
      this.#socket?.close(1000);
      this.kept = { ...this.kept, items: [], floor: this.kept.after };
      this.#changed("rebuild");
    }

    #go(item) {
      this.#changed();
      if (this.open) this.#send(item.frame);
      else this.connect();
    }

    #attach({ ticket, url, visitor }) {
      // Another visitor is another conversation: its numbers begin anew.
      const other = visitorOf(visitor) !== visitorOf(this.kept.visitor);
      const unsent = this.kept.items.filter((item) => item.mine && item.state === "sending");
      this.kept = other ? { visitor, after: 0, floor: 0, items: unsent } : { ...this.kept, visitor };
      const socket = new WebSocket(`${url}?ticket=${encodeURIComponent(ticket)}`);
      this.#socket = socket;
      socket.onopen = () => this.#opened();
      socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
      socket.onclose = () => this.#socket === socket && (this.#changed(), this.#again());
      this.#changed(other ? "rebuild" : "changed");
    }

    #opened() {
      this.#failures = 0;
      this.#hello();
      this.#sendWaiting();
      this.#changed();
    }

    #sendWaiting() {
      for (const item of this.kept.items) if (item.state === "sending") this.#send(item.frame);
    }

    /** Asks for what was said since; it keeps the connection open as well. */
    #hello() {
      clearTimeout(this.#timers.alive);
      if (Date.now() - this.#lastUse > IDLE) return this.#rest();
      this.#send({ action: "hello", after: this.kept.after });
      this.#timers.alive = setTimeout(() => this.#hello(), KEEP_ALIVE);
    }

    #rest() {
      this.wanted = false;
      this.#socket.close(1000);
    }

    #again() {
      clearTimeout(this.#timers.alive);
      if (!this.wanted) return;
      const wait = Math.min(30_000, 500 * 2 ** this.#failures++);
      this.#timers.again = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
      this.#changed();
    }

    #send(frame) {
      if (this.open) this.#socket.send(JSON.stringify(frame));
    }

    #receive(frame) {
      if (frame.type === "message") this.#arrived(frame);
      if (frame.type === "accepted") this.#mark(frame.id, "accepted");
      if (frame.type === "welcome") this.#welcomed(frame);
      if (frame.type === "error") this.#refused(frame);
    }

    #welcomed({ after, next }) {
      this.kept.after = Math.max(this.kept.after, after);
      if (next) this.#send({ action: "hello", after: next });
    }

    /** What only needs another try stays "sending": the id makes the repeat the same message. */
    #refused({ id, code, message }) {
      if (code === "no_connection") this.#socket.close();
      else if (code === "try_again") setTimeout(() => this.#sendWaiting(), 2000 + Math.random() * 2000);
      else if (id) this.#mark(id, "failed", message);
    }

    #arrived({ seq, at, text, from, kind, scale }) {
      this.#send({ action: "ack", seq });
      if (seq <= this.kept.floor || this.kept.items.some((item) => item.seq === seq)) return;
      this.#lastUse = Date.now();
      this.kept.items.push({ seq, at, text, from, kind, scale });
      this.kept.after = Math.max(this.kept.after, seq);
      this.#changed("arrived");
    }

    #mark(id, state, reason = "") {
      const item = this.kept.items.find((one) => one.frame?.id === id);
      if (item) Object.assign(item, { state, reason });
      this.#changed();
    }

    #changed(what = "changed") {
      const over = this.kept.items.splice(0, Math.max(0, this.kept.items.length - MOST_KEPT));
      this.kept.floor = Math.max(this.kept.floor, ...over.map((item) => item.seq ?? 0));
      keep("localStorage", KEPT, JSON.stringify(this.kept));
      this.dispatchEvent(new Event(what));
    }

    #restore() {
      this.kept = { visitor: "", after: 0, floor: 0, items: [], ...JSON.parse(kept("localStorage", KEPT) || "{}") };
    }
  }

  class PatchbayChat extends HTMLElement {
    #talk = new Talk();
    #unread = 0;
    #lines = new Map();

    connectedCallback() {
      if (this.shadowRoot) return;
      const wanted = this.getAttribute("language") || document.documentElement.lang || navigator.language;
      this.language = this.#talk.language = wanted.toLowerCase().startsWith("ko") ? "ko" : "en";
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.lang = this.language;
      this.#build();
      for (const what of ["changed", "rebuild", "arrived"]) this.#talk.addEventListener(what, () => this.#render(what));
      this.#show(kept("sessionStorage", OPEN) === "yes", false);
      this.#render("rebuild");
      if (this.#talk.begun) this.#talk.connect();
    }

    #say(word, values = {}) {
      return WORDS[word][this.language === "ko" ? 1 : 0].replace(/\{(\w+)\}/g, (_, name) => values[name]);
    }

    #el(tag, props = {}, ...children) {
      const node = Object.assign(document.createElement(tag), props);
      for (const [name, value] of Object.entries(props)) if (name.includes("-")) node.setAttribute(name, value);
      node.append(...children.filter(Boolean));
      return node;
    }

    #button(word, onclick, className = "") {
      return this.#el("button", { type: "button", className, onclick, textContent: this.#say(word) });
    }

    #build() {
      const say = (word) => this.#say(word);
      this.badge = this.#el("span", { className: "badge", hidden: true });
      this.launch = this.#el("button", { type: "button", className: "launch main", onclick: () => this.#show(true) });
      this.launch.append(bubble(), say("open"), this.badge);
      this.state = this.#el("p", { className: "state", role: "status" });
      this.sms = this.#button("sms", () => this.#ask(this.number.hidden), "bare");
      this.ending = this.#button("end", () => this.#askEnd(this.sure.hidden), "bare");
      const close = this.#el("button", { type: "button", className: "bare close", textContent: "×", "aria-label": say("close"), onclick: () => this.#show(false) });
      this.log = this.#el("div", { className: "log", role: "log", "aria-live": "polite", "aria-label": say("log"), tabIndex: 0 });
      this.phone = this.#el("input", { type: "tel", id: "phone", autocomplete: "tel", required: true, placeholder: "010-0000-0000" });
      this.number = this.#el("form", { className: "number", hidden: true, onsubmit: (event) => this.#askCode(event) },
        this.#el("p", { textContent: say("why") }), this.#el("label", { htmlFor: "phone", textContent: say("phone") }), this.phone,
        this.#button("cancel", () => this.#ask(false)), this.#el("button", { className: "main", textContent: say("ask") }));
      this.sure = this.#el("form", { className: "number", hidden: true, onsubmit: (event) => this.#end(event) },
        this.#el("p", { textContent: say("ending") }), this.#button("stay", () => this.#askEnd(false)), this.#el("button", { className: "main", textContent: say("end") }));
      this.input = this.#el("textarea", { rows: 2, maxLength: MOST_TEXT, placeholder: say("place"), "aria-label": say("place"), onkeydown: (event) => this.#key(event) });
      const form = this.#el("form", { onsubmit: (event) => this.#submit(event) }, this.input, this.#el("button", { className: "main", textContent: say("send") }));
      this.panel = this.#el("section", { className: "panel", role: "dialog", "aria-label": say("title"), onkeydown: (event) => this.#leave(event) },
        this.#el("div", { className: "head" }, this.#el("h2", { textContent: say("title") }), this.sms, this.ending, close, this.state), this.log, this.number, this.sure, form);
      this.shadowRoot.append(this.launch, this.panel);
    }

    #show(open, focus = true) {
      this.panel.hidden = !open;
      this.launch.hidden = open;
      this.classList.toggle("opened", open);
      keep("sessionStorage", OPEN, open ? "yes" : "");
      if (open) [this.#unread, this.log.scrollTop] = [0, this.log.scrollHeight];
      if (open) this.#talk.connect();
      if (focus) (open ? this.input : this.launch).focus();
      this.#render();
    }

    #render(what) {
      const { items } = this.#talk.kept;
      if (what === "arrived" && this.panel.hidden) this.#unread += 1;
      if (what === "rebuild") this.#lines.clear(), this.log.replaceChildren(this.#line({ text: this.#say("hello") }));
      const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
      for (const item of items) this.#place(item);
      if (atEnd || what === "rebuild") this.log.scrollTop = this.log.scrollHeight;
      this.badge.hidden = !this.#unread;
      this.badge.textContent = this.#unread;
      this.launch.setAttribute("aria-label", this.#say(this.#unread ? "unread" : "open", { n: this.#unread }));
      this.sms.hidden = this.ending.hidden = !this.#talk.begun;
      const state = this.#talk.open || !this.#talk.wanted ? "" : this.#say(items.some((item) => item.state === "sending") ? "lost" : "connecting");
      if (this.state.textContent !== state) this.state.textContent = state;
    }

    /** A line is made once and made again only when its state changed, so that nothing is read out twice. */
    #place(item) {
      const key = item.id ?? item.seq;
      const sign = `${item.state} ${item.score} ${item.reason}`;
      const known = this.#lines.get(key);
      if (known?.sign === sign) return;
      const node = this.#line(item);
      if (known) known.node.replaceWith(node);
      else this.log.append(node);
      this.#lines.set(key, { sign, node });
      if (item.mine && !known) this.log.scrollTop = this.log.scrollHeight;
    }

    #line(item) {
      const who = this.#el("span", { className: "unseen", textContent: `${this.#say(item.mine ? "you" : "us")}: ` });
      const line = this.#el("div", { className: `${item.mine ? "mine" : "theirs"} ${item.state ?? "accepted"}` },
        this.#el("p", { className: "text", dir: "auto" }, who, ...this.#linked(item.text)));
      if (item.kind === "survey_asked") line.append(...this.#survey(item));
      if (item.at) line.append(this.#foot(item));
      return line;
    }

    #linked(text) {
      const parts = [];
      let done = 0;
      for (const { 0: found, index } of text.matchAll(ADDRESS)) {
        const href = found.replace(AFTER_IT, "");
        parts.push(text.slice(done, index), this.#el("a", { href, target: "_blank", rel: "noopener noreferrer", textContent: href }));
        done = index + href.length;
      }
      return [...parts, text.slice(done)];
    }

    #foot(item) {
      const when = new Date(item.at).toLocaleTimeString(this.language, { hour: "numeric", minute: "2-digit" });
      const state = item.mine ? ` · ${item.reason || this.#say(item.state)}` : "";
      const again = item.state === "failed" && this.#button("again", () => this.#again(item), "bare");
      return this.#el("p", { className: "foot" }, when + state, item.mine && again);
    }

    #survey(item) {
      const scale = item.scale ?? 5;
      const failed = item.state === "failed" && this.#el("p", { className: "foot", textContent: item.reason });
      if (item.score && !failed) return [this.#el("p", { className: "foot", textContent: this.#say("thanks", { score: item.score, scale }) })];
      const one = (n) => this.#el("button", { type: "button", textContent: String(n), onclick: () => this.#talk.score(item, n) });
      const scores = Array.from({ length: scale }, (_, n) => one(n + 1));
      const ends = this.#el("div", { className: "ends" }, this.#el("span", { textContent: this.#say("low") }), this.#el("span", { textContent: this.#say("high") }));
      return [this.#el("fieldset", { className: "scores", "aria-label": this.#say("score") }, ...scores), ends, failed].filter(Boolean);
    }

    #key(event) {
      // While a Korean syllable is being composed, Enter belongs to the input method.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#submit(event);
    }

    /** A handler set as a property must not return false: that would forbid the key. */
    #leave({ key }) {
      if (key === "Escape") this.#show(false);
    }

    #submit(event) {
      event.preventDefault();
      const text = this.input.value.trim();
      if (!text) return;
      this.#talk.say({ action: "message", text }, text);
      this.input.value = "";
      this.input.focus();
    }

    /** A number that was refused is to be corrected, everything else goes as it was. */
    #again(item) {
      if (item.frame.action !== "ask_code") return this.#talk.again(item);
      this.phone.value = item.frame.phone;
      this.#ask(true);
    }

    #askEnd(open) {
      this.sure.hidden = !open;
      this.number.hidden = true;
      (open ? this.sure.querySelector(".main") : this.input).focus();
    }

    #end(event) {
      event.preventDefault();
      this.sure.hidden = true;
      this.#talk.end();
      this.#show(false);
    }

    #ask(open) {
      this.number.hidden = !open;
      this.sure.hidden = true;
      this.log.scrollTop = this.log.scrollHeight;
      (open ? this.phone : this.input).focus();
    }

    #askCode(event) {
      event.preventDefault();
      const phone = this.phone.value.trim();
      this.#talk.say({ action: "ask_code", phone }, this.#say("asked", { phone }));
      this.#ask(false);
    }
  }

  /** Drawn node by node: a site may forbid innerHTML (require-trusted-types-for). */
  function bubble() {
    const draw = (tag, values) => {
      const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [name, value] of Object.entries(values)) node.setAttribute(name, value);
      return node;
    };
    const svg = draw("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" });
    svg.append(draw("path", { d: "M3 4.5h14v9H10l-4 3.5v-3.5H3z" }));
    return svg;
  }

  customElements.define("patchbay-chat", PatchbayChat);
  const mount = () => document.querySelector("patchbay-chat") ?? document.body.append(document.createElement("patchbay-chat"));
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", mount);
  else mount();
})();
