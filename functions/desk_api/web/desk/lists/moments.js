/** Moments by the clock of the centre's zone, whatever the zone of this computer is. */

const formats = new Map();
const HOUR = 3_600_000;
const MORNING = 9;
const EVENING = 18; // "later today" is no evening

function format(zone) {
  if (!formats.has(zone)) {
    const options = { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" };
    formats.set(zone, new Intl.DateTimeFormat("en-US", options));
  }
  return formats.get(zone);
}

/** The wall clock of the zone at a moment (milliseconds): {year, month, day, hour, minute}. */
export const wall = (at, zone) =>
  Object.fromEntries(format(zone).formatToParts(at).filter(({ type }) => type !== "literal").map(({ type, value }) => [type, Number(value)]));

const utc = ({ year, month, day, hour = 0, minute = 0 }) => Date.UTC(year, month - 1, day, hour, minute);

/** The moment (milliseconds) at which the zone's clock shows this; of a time that a clock change leaves out, the one after. */
export function moment(shown, zone) {
  const wanted = utc(shown);
  const first = wanted - (utc(wall(wanted, zone)) - wanted);
  return wanted - (utc(wall(first, zone)) - first);
}

/** The morning so many days on. */
function morning(now, zone, days) {
  const { year, month, day } = wall(now, zone);
  const then = new Date(Date.UTC(year, month - 1, day + days));
  return moment({ year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, day: then.getUTCDate(), hour: MORNING }, zone);
}

/** What a snooze offers: [word, milliseconds]. "Later today" in three hours, while that is not the evening yet. */
export function choices(now, zone) {
  const { year, month, day } = wall(now, zone);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const soon = Math.ceil((now + 3 * HOUR) / (HOUR / 4)) * (HOUR / 4);
  const there = wall(soon, zone);
  const later = there.day === day && there.hour < EVENING ? [["later", soon]] : [];
  return [...later, ["tomorrow", morning(now, zone, 1)], ["monday", morning(now, zone, (8 - weekday) % 7 || 7)]];
}

/** What a field for date and time shows, and back: "2026-03-02T09:00", by the zone's clock. */
export function asField(at, zone) {
  const { year, month, day, hour, minute } = wall(at, zone);
  const two = (n) => String(n).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

export function fromField(text, zone) {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!found) return NaN;
  const [year, month, day, hour, minute] = found.slice(1).map(Number);
  return moment({ year, month, day, hour, minute }, zone);
}
