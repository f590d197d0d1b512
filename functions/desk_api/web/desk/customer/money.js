/** Amounts in the centre's currency: kept in its minor units, read and written in its major ones. */

import { currentLanguage } from "../../kit/words.js";

const format = (currency) => new Intl.NumberFormat(currentLanguage(), { style: "currency", currency });

const digits = (currency) => format(currency).resolvedOptions().maximumFractionDigits;

export function amount(minor, currency) {
  return format(currency).format(minor / 10 ** digits(currency));
}

/** As it stands in a field of a form; "" for none. */
export const written = (minor, currency) => (minor === null ? "" : (minor / 10 ** digits(currency)).toFixed(digits(currency)));

/** What was typed, in minor units as digits: "" for nothing, null for what is no amount. */
export function read(text, currency) {
  const plain = text.trim().replace(/[\s,₩$€]/g, "");
  if (!plain) return "";
  const places = digits(currency);
  const whole = new RegExp(`^\\d{1,13}${places ? `(\\.\\d{1,${places}})?` : ""}$`);
  if (!whole.test(plain)) return null;
  const [units, parts = ""] = plain.split(".");
  return String(Number(units + parts.padEnd(places, "0")));
}
