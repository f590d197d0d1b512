/**
 * Words in the reader's language. A dictionary is {key: [English, Korean]}: side by side, so that
 * neither can be forgotten. `say("offer.until", {seconds: 5})` fills {seconds}; a place that is not
 * named stays as it is.
 */

import { keep, recall } from "./storage.js";

const LANGUAGES = ["en", "ko"];
const KEPT = "patchbay.language";
const dictionary = {};
let language = fitting(kept() || navigator.language);

export function learn(words) {
  Object.assign(dictionary, words);
}

export function say(key, values = {}) {
  const text = dictionary[key]?.[LANGUAGES.indexOf(language)] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? (values[name] ?? "") : place));
}

export const knows = (key) => key in dictionary;

/** A provider's or the server's code in our words where we have some, else as it came. */
export const sayOr = (key, otherwise, values) => (knows(key) ? say(key, values) : otherwise);

export const currentLanguage = () => language;

/** The agent's own setting; what was chosen in this browser stands above it. */
export function prefer(wanted) {
  if (wanted && !kept()) speak(fitting(wanted));
}

export function choose(wanted) {
  keep("local", KEPT, wanted);
  speak(wanted);
}

function speak(wanted) {
  language = wanted;
  document.documentElement.lang = wanted;
}

function kept() {
  return recall("local", KEPT);
}

function fitting(wanted) {
  return wanted?.toLowerCase().startsWith("ko") ? "ko" : "en";
}

document.documentElement.lang = language;
