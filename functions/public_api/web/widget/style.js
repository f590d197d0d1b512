/** How the widget looks, whatever the page around it says: `all: initial` keeps out what a page lets its elements inherit. */
export const STYLE = `
  :host { --accent: var(--patchbay-accent, #0b5f58); --on: #fff; --ground: #fff; --sunk: #f3f2ee; --ink: #1b2322;
    --quiet: #56625f; --edge: #868f8b; --line: #e2e0d9; --bad: #a82119; --focus: #1d5fd1;
    display: block; position: fixed; right: 20px; bottom: 20px; z-index: 2147483000; }
  :host([hidden]) { display: none; }
  @media (prefers-color-scheme: dark) { :host { --accent: var(--patchbay-accent-dark, #63cbbb); --on: #06221e; --ground: #181f1e;
    --sunk: #242d2b; --ink: #e8edeb; --quiet: #a2afab; --edge: #73827e; --line: #2a3432; --bad: #ff9a90; --focus: #8db8ff; } }
  .all { all: initial; display: block; direction: ltr; color-scheme: light dark; color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI",
    Roboto, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", sans-serif; }
  * { box-sizing: border-box; } [hidden] { display: none !important; }
  :focus-visible { outline: 2.5px solid var(--focus); outline-offset: 2px; }
  button { min-height: 2.2em; padding: .2em .8em; font: inherit; font-size: .87em; font-weight: 550; color: var(--ink);
    background: none; border: 1px solid var(--edge); border-radius: 8px; cursor: pointer; }
  button:hover { border-color: var(--accent); } .main { color: var(--on); background: var(--accent); border-color: var(--accent); }
  .main:disabled { color: var(--quiet); background: var(--sunk); border-color: var(--edge); cursor: default; }
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
  .place { display: flex; flex-wrap: wrap; align-items: center; gap: .2em .6em; padding: .5em .7em .5em 1.1em; background: var(--sunk); border-bottom: 1px solid var(--line); }
  .place p { flex: 1 1 12em; margin: 0; font-size: .87em; word-break: keep-all; }
  .log { flex: 1; display: flex; flex-direction: column; gap: .2em; margin: 0; padding: 1em 1.1em; overflow-y: auto; overscroll-behavior: contain; }
  .log > div { position: relative; max-width: 84%; align-self: flex-start; } .log > .mine { align-self: flex-end; text-align: right; }
  .day { align-self: center; margin: .4em 0; font-size: .8em; font-weight: 550; color: var(--quiet); }
  .text { margin: 0; padding: .5em .85em; text-align: start; unicode-bidi: plaintext; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--sunk); border-radius: 4px 15px 15px; }
  .text a { color: inherit; unicode-bidi: isolate; text-underline-offset: .15em; } .mine .text { color: var(--on); background: var(--accent); border-radius: 15px 4px 15px 15px; }
  .picture { margin: .1em 0; } .picture img { display: block; max-width: 100%; max-height: 240px; border-radius: 12px; }
  audio { max-width: 100%; } .attach { padding: 0 .5em; min-height: 2.6em; }
  .attach svg { display: block; width: 20px; fill: none; stroke: currentcolor; }
  .foot { margin: .1em .3em .5em; font-size: .76em; color: var(--quiet); } .failed .foot, .over { color: var(--bad); }
  .foot button { min-height: 1.6em; padding: 0 .4em; }
  .choices { display: flex; flex-wrap: wrap; gap: .4em; margin: .5em 0 .1em; padding: 0; border: 0; min-width: 0; } .choices.list { flex-direction: column; }
  .choices button { text-align: start; max-width: 100%; overflow-wrap: anywhere; } .choices small { display: block; font-weight: 400; color: var(--quiet); }
  .scores { display: flex; gap: .4em; margin: .5em 0 .1em; padding: 0; border: 0; } .scores button { flex: 1; min-width: 2.6em; min-height: 2.6em; font-size: 1em; }
  .ends { display: flex; justify-content: space-between; font-size: .76em; color: var(--quiet); }
  form { display: flex; flex-wrap: wrap; gap: .5em; align-items: flex-end; padding: .7em .8em; border-top: 1px solid var(--line); }
  .number { background: var(--sunk); } .number label, .number p { flex-basis: 100%; margin: 0; font-size: .87em; }
  .count { flex-basis: 100%; margin: 0; font-size: .8em; } .count:not(.over) { color: var(--quiet); }
  .when { display: flex; flex-wrap: wrap; gap: .3em 1em; flex-basis: 100%; margin: 0; padding: 0; border: 0; font-size: .87em; }
  .number .when label { flex-basis: auto; font-size: 1em; display: flex; align-items: center; gap: .4em; } .when input { flex: none; }
  .moment { display: flex; gap: .5em; flex-basis: 100%; } .moment div { flex: 1; min-width: 0; }
  select { display: block; width: 100%; padding: .5em .5em; font: inherit; font-size: 16px; color: var(--ink); background: var(--ground); border: 1px solid var(--edge); border-radius: 10px; }
  textarea, input { flex: 1; min-width: 0; padding: .5em .7em; font: inherit; font-size: 16px; color: var(--ink); background: var(--ground); border: 1px solid var(--edge); border-radius: 10px; resize: none; }
  textarea { unicode-bidi: plaintext; text-align: start; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  @media (max-width: 520px) { :host([data-open]) { inset: 0; } .panel { width: 100%; height: 100dvh; border: 0; border-radius: 0; }
    form { padding-bottom: max(.7em, env(safe-area-inset-bottom)); } }
`;
