/** The ledger: accepted at the door against what became of it, per channel; and the report files. */

import { h } from "../kit/dom.js";
import { channelMark, channelWord } from "../kit/channels.js";
import { icon } from "../kit/icons.js";
import { supervisor } from "./supervisor-state.js";
import { full } from "../kit/times.js";
import { View } from "../kit/view.js";
import { say, sayOr } from "../kit/words.js";

const PARTS = ["accepted", "never_counted", "handled", "ignored", "rejected", "duplicates", "delivery_states", "waiting", "difference"];
const SIGNS = { handled: "= ", accepted: "", difference: "" };
const MOST = 200;

class LedgerView extends View {
  source = supervisor;
  topics = ["ledger"];
  #sign = "";

  render() {
    const { ledger } = supervisor;
    const sign = JSON.stringify([ledger, supervisor.zone]);
    this.hidden = !ledger;
    if (!ledger || sign === this.#sign) return;
    this.#sign = sign;
    const open = this.querySelector("details")?.open ?? false;
    this.replaceChildren(h("h2", {}, say("sup.ledger", { day: ledger.day })), verdict(ledger), neverCounted(ledger), ledger.channels.length ? table(ledger.channels) : h("p.empty", {}, say("sup.noevents")), checked(ledger.check), marks(ledger.marks ?? [], open));
  }
}

function checked(check) {
  if (!check) return "";
  const numbers = Object.fromEntries(["facts", "announced", "left", "parts"].map((name) => [name, check[name].toLocaleString()]));
  return h("p.quiet.small", {}, say(check.finished ? "sup.checked" : "sup.checking", { run: check.run, ...numbers }));
}

/** Stands apart: these are not lost, and they make up for nothing that is. */
function neverCounted({ never_counted: number, unnamed, compared }) {
  if (!number) return "";
  const open = unnamed ? say("sup.unnamed", { n: unnamed.toLocaleString() }) : "";
  const until = compared ? say("sup.compared", { at: full(compared) }) : "";
  return h("p.small", {}, [say("sup.nevercounted", { n: number.toLocaleString() }), open].join(" "), " ", h("span.quiet.small", {}, until));
}

function verdict({ adds_up: good, lost }) {
  return h(good ? "p.verdict.good" : "p.verdict.bad", {}, icon(good ? "proven" : "warn"), say(good ? "sup.adds" : "sup.addsnot", { n: lost }));
}

function table(channels) {
  const head = PARTS.map((part) => h("th", { scope: "col" }, (SIGNS[part] ?? "+ ") + say(`ledger.${part}`)));
  const body = channels.map((row) =>
    h("tr", {}, h("th", { scope: "row" }, channelMark(row.channel)),
      PARTS.map((part) => h(part === "difference" && row[part] ? "td.bad" : "td", {}, (row[part] ?? 0).toLocaleString()))));
  return h("div.table-frame", { tabindex: "0" },
    h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("sup.channel")), head)), h("tbody", {}, body)));
}

function marks(rows, open) {
  if (!rows.length) return "";
  const line = (mark) =>
    h("tr", {}, h("td.is-text", {}, full(mark.at)), h("td.is-text", {}, channelWord(mark.channel)),
      h("td.is-text", {}, sayOr(`outcome.${mark.outcome}`, mark.outcome)), h("td.is-text", {}, mark.reason || "–"), h("td.is-text.code", {}, mark.event_id));
  const head = ["at", "channel", "outcome", "reason", "event"].map((key) => h("th.is-text", { scope: "col" }, say(`sup.${key}`)));
  return h("details", { open }, h("summary", {}, say("sup.marks", { n: rows.length })),
    h("div.table-frame", { tabindex: "0" }, h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows.slice(0, MOST).map(line)))));
}

class ReportsView extends View {
  source = supervisor;
  topics = ["reports"];

  render() {
    const { reports } = supervisor;
    if (!reports) return;
    const days = [...new Set(reports.map((file) => file.day))].sort().reverse();
    const link = (file) => h("li", {}, h("a", { href: file.url, download: true }, file.name), h("span.quiet.small", {}, size(file.bytes)));
    const group = (day) => h("li", {}, h("b", {}, day), h("ul.files", {}, reports.filter((file) => file.day === day).map(link)));
    this.replaceChildren(h("h2", {}, say("sup.reports")), days.length ? h("ul.report-days", {}, days.map(group)) : h("p.empty", {}, say("sup.noreports")));
  }
}

function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

customElements.define("pb-ledger", LedgerView);
customElements.define("pb-reports", ReportsView);
