/** Times as people read them, in their language and their own zone, or in the one a page shows all times in. */

import { timeWords } from "./time-words.js";
import { currentLanguage, learn, say } from "./words.js";

learn(timeWords);

const formats = new Map();
let skew = 0;
let zone;

/** From now on all times are those of this zone; the page says which one. */
export function showZone(name) {
  if (name === zone) return false;
  zone = name;
  formats.clear();
  return true;
}

/** Now by the server's clock: countdowns must not depend on how well this computer keeps time. */
export const serverNow = () => Date.now() + skew;

/** Learn the clock from a Date header; it has whole seconds, so small differences mean nothing. */
export function learnClock(header) {
  const ahead = Date.parse(header) - Date.now();
  if (Number.isFinite(ahead)) skew = Math.abs(ahead) > 2000 ? ahead : 0;
}

/** The browser's own region where it speaks our language: en-GB writes days and hours unlike en-US. */
const locale = () => (navigator.language.startsWith(currentLanguage()) ? navigator.language : currentLanguage());

function format(name, options) {
  const key = `${locale()} ${name}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), { ...options, timeZone: zone }));
  return formats.get(key);
}

export const clock = (iso) => format("clock", { hour: "numeric", minute: "2-digit" }).format(new Date(iso));

export const day = (iso) =>
  format("day", { year: "numeric", month: "long", day: "numeric", weekday: "short" }).format(new Date(iso));

/** "3 Nov", with the year where it is not this one. */
export function shortDay(iso) {
  const date = new Date(iso);
  if (yearOf(date) === yearOf(new Date(serverNow()))) return format("short", { month: "short", day: "numeric" }).format(date);
  return format("long", { year: "numeric", month: "short", day: "numeric" }).format(date);
}

export const full = (iso) => format("full", { dateStyle: "medium", timeStyle: "medium" }).format(new Date(iso));

/** A day, as a word to compare. */
export const dayKey = (iso) => (zone ? format("key", { dateStyle: "short" }).format(new Date(iso)) : new Date(iso).toDateString());

const yearOf = (date) => format("year", { year: "numeric" }).format(date);

const today = (iso) => dayKey(iso) === dayKey(serverNow());

/** "14:05" today, "3 Nov" on other days. */
export const brief = (iso) => (today(iso) ? clock(iso) : shortDay(iso));

/** "14:05" today, "3 Nov 14:05" on other days. */
export const stamp = (iso) => (today(iso) ? clock(iso) : `${shortDay(iso)} ${clock(iso)}`);

export const secondsSince = (iso) => Math.max(0, Math.round((serverNow() - Date.parse(iso)) / 1000));

/** How long ago, in minutes and larger units. */
export function age(iso) {
  const minutes = Math.floor(secondsSince(iso) / 60);
  if (minutes < 1) return say("time.moment");
  return minutes < 60 ? say("time.minute", { n: minutes }) : duration(minutes * 60);
}

/** A length of time in its two largest units. */
export function duration(seconds) {
  const whole = Math.round(seconds);
  if (whole < 60) return say("time.seconds", { n: whole });
  if (whole < 3600) return say("time.minutes", { n: Math.floor(whole / 60), s: whole % 60 });
  if (whole < 86400) return say("time.hours", { n: Math.floor(whole / 3600), m: Math.floor((whole % 3600) / 60) });
  return say("time.days", { n: Math.floor(whole / 86400), h: Math.floor((whole % 86400) / 3600) });
}
