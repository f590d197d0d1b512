/** A day of each agent: the published figures, from the server's formulas; sorted as the reader likes. */

import { svg, h } from "../kit/dom.js";
import { table } from "../kit/table.js";
import { View } from "../kit/view.js";
import { say } from "../kit/words.js";
import { explain } from "./explain.js";
import { AGENT_DAY, written } from "./metrics.js";
import { supervisor } from "./supervisor-state.js";

class AgentsView extends View {
  source = supervisor;
  topics = ["agents"];

  render() {
    const { agents } = supervisor;
    this.hidden = !agents;
    if (!agents) return;
    if (!agents.items.length) return this.replaceChildren(h("h2", {}, say("sup.byagent")), h("p.empty", {}, say("sup.nofigures")));
    if (!this.table?.node.isConnected) this.#begin();
    this.most = Object.fromEntries(AGENT_DAY.map(({ name }) => [name, Math.max(0, ...agents.items.map((one) => one.numbers[name] ?? 0))]));
    this.table.update(this.#sorted(agents.items));
  }

  #begin() {
    this.sort = { by: "name", down: false, change: () => this.render() };
    const name = { key: "name", text: say("sup.agent"), sort: true, cell: (row) => row.name || row.id };
    const metric = ({ name: key, unit, beside, bar }) => ({
      key, text: say(`metric.${key}`), number: true, sort: true, cell: (row) => this.#cell(row.numbers, key, unit, beside, bar),
    });
    this.table = table({ label: say("sup.byagent"), columns: [name, ...AGENT_DAY.map(metric)], key: (row) => row.id, sort: this.sort, sign: (row) => JSON.stringify([row, this.most]) });
    this.table.node.querySelectorAll("th button").forEach((head, n) => n && explain(head, AGENT_DAY[n - 1].name));
    this.replaceChildren(h("h2", {}, say("sup.byagent")), h("div.table-frame", { tabindex: "0" }, this.table.node));
  }

  #sorted(items) {
    const { by, down } = this.sort;
    const value = (row) => (by === "name" ? row.name || row.id : row.numbers[by]);
    const order = (a, b) => (by === "name" ? value(a).localeCompare(value(b)) : (value(a) ?? -1) - (value(b) ?? -1));
    return [...items].sort((a, b) => order(a, b) * (down ? -1 : 1));
  }

  #cell(numbers, name, unit, beside, bar) {
    const base = beside && numbers[beside] ? h("small.quiet", {}, ` / ${written(numbers[beside], "count")}`) : null;
    return [written(numbers[name], unit), base, bar && this.most[name] ? share(numbers[name] / this.most[name]) : null];
  }
}

/** A small bar beside a number; the number says the same. */
const share = (part) =>
  svg("svg.share", { viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { width: Math.round(100 * part), height: 6, rx: 3 }));

customElements.define("pb-agents", AgentsView);
