import { breakdownColumns, breakdownData, breakdownSql } from "./breakdown";
import { defineTemplate } from "./define";
import { campaigns } from "./parameters";

export const supplySource = defineTemplate({
  id: "supply-source",
  title: "Supply sources",
  question: "Which supply sources and sites are worth their price?",
  tags: ["supply"],
  parameters: [campaigns],
  sql: breakdownSql("supply_source, site"),
  columns: breakdownColumns(
    { name: "supply_source", label: "Supply source", unit: "text" },
    { name: "site", label: "Site", unit: "text" },
  ),
  chart: { kind: "bars", x: "site", y: ["cost", "sales"] },
  privacy: "A site of a source needs two users; long tails of small sites are hidden.",
  guide: `Exclude sites with much cost and no sales over several weeks. Purchases are credited to the last ad:
sites that reach people early look worse than they are.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: breakdownData([
      { of: { supply_source: "Amazon Sites", site: "amazon.com" }, users: 5, clicks: 3, purchases: 3 },
      { of: { supply_source: "Exchange", site: "news.example" }, users: 4, clicks: 0, purchases: 0 },
      { of: { supply_source: "Exchange", site: "tail.example" }, users: 1, clicks: 0, purchases: 0 },
    ]),
    expected: [
      ["Amazon Sites", "amazon.com", 5, 5, 3, 0.05, 3, 30, 600],
      ["Exchange", "news.example", 4, 4, 0, 0.04, 0, 0, 0],
    ],
  },
});
