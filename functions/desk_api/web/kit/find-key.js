/** The one key that is taken from the browser: the search. */

/** Whether the keyboard is a Mac's. */
export const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Ctrl+K is the one key that is taken from the browser, and it works in a text field too. */
export const FIND = { name: "find", aria: mac ? "Meta+K" : "Control+K", text: mac ? "⌘K" : "Ctrl K" };

/** `find()` is called for it where nothing else is open; `ready()`: whether somebody is signed in. */
export function onFind(ready, find) {
  addEventListener("keydown", (event) => {
    const { code, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (code !== "KeyK" || altKey || shiftKey || (mac ? !metaKey || ctrlKey : !ctrlKey || metaKey) || !ready()) return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) find();
  });
}
