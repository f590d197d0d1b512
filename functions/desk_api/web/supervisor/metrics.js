/** Which metrics the page shows, where, and how each is written. The server divides; here nothing is computed anew. */

import { duration } from "../kit/times.js";

/** The large numbers, and below each what it is made of. */
export const HEADLINES = [
  { name: "contacts_handled", unit: "count", top: "contacts_handled", bottom: "contacts_queued" },
  { name: "average_queue_answer_time", unit: "seconds" },
  { name: "first_response_time_wall", unit: "seconds" },
  { name: "service_level_answered", unit: "percent" },
  { name: "csat", unit: "percent", top: "surveys_satisfied", bottom: "surveys_answered" },
  { name: "cases_closed", unit: "count", top: "cases_solved", bottom: "cases_closed" },
];

export const MORE = [
  { name: "service_level_removed", unit: "percent" },
  { name: "abandonment_rate", unit: "percent" },
  { name: "average_handle_time", unit: "seconds" },
  { name: "resolution_time", unit: "seconds" },
  { name: "agent_answer_rate", unit: "percent" },
  { name: "agent_non_response", unit: "count" },
  { name: "response_rate", unit: "percent" },
  { name: "messages_failed", unit: "count" },
  { name: "multichannel_resolution_rate", unit: "percent" },
  { name: "utilisation_by_slots", unit: "percent" },
];

/** Counts that may be added up over rows: the charts and the table per channel. */
export const CHARTS = ["messages_received", "contacts_handled"];
export const PER_CHANNEL = ["messages_received", "messages_sent", "contacts_queued", "contacts_handled", "cases_closed", "surveys_answered"];
/** What each agent's day is told by; `beside` is what it is a part of, `bar` compares the agents. */
export const AGENT_DAY = [
  { name: "contacts_handled", unit: "count", bar: true },
  { name: "average_handle_time", unit: "seconds" },
  { name: "messages_sent", unit: "count", bar: true },
  { name: "agent_non_response", unit: "count", beside: "offers_made" },
  { name: "cases_solved", unit: "count", beside: "cases_closed" },
  { name: "csat", unit: "percent", beside: "surveys_answered" },
  { name: "utilisation_by_slots", unit: "percent" },
];

/** Where a mail service judges its senders: from `review` on it looks at them, from `pause` on it may stop them (percent). */
export const REPUTATION = [
  { rate: "bounce_rate", count: "messages_bounced", review: 5, pause: 10 },
  { rate: "complaint_rate", count: "complaints", review: 0.1, pause: 0.5 },
];

const NONE = "–";

/** null and undefined mean: no base, so no number. */
export function written(value, unit) {
  if (value === null || value === undefined) return NONE;
  if (unit === "seconds") return duration(value);
  if (unit === "percent") return `${Math.round(value * 10) / 10}%`;
  return value.toLocaleString();
}

/** A rate of rows that were added up, in percent; null without a base. */
export function rateOf(rows, count) {
  const sent = sum(rows, "messages_sent") + sum(rows, "surveys_asked");
  return sent ? (100 * sum(rows, count)) / sent : null;
}

export const sum = (rows, name) => rows.reduce((total, row) => total + (row[name] ?? 0), 0);

export const channelsOf = (rows) => [...new Set(rows.map((row) => row.channel).filter(Boolean))].sort();
