import { defineBreakdown } from "./breakdown";

export const supplySource = defineBreakdown({
  id: "supply-source",
  title: "Supply sources",
  question: "Which supply sources and sites are worth their price?",
  tags: ["supply"],
  dimensions: [
    { name: "supply_source", label: "Supply source", unit: "text" },
    { name: "site", label: "Site", unit: "text" },
  ],
  x: "site",
  privacy: "A site of a source needs two users; long tails of small sites are hidden.",
  guide: `Exclude sites with much cost and no sales over several weeks. Purchases are credited to the last ad:
sites that reach people early look worse than they are.`,
  groups: [
    { of: { supply_source: "Amazon Sites", site: "amazon.com" }, users: 5, clicks: 3, purchases: 3 },
    { of: { supply_source: "Exchange", site: "news.example" }, users: 4, clicks: 0, purchases: 0 },
    { of: { supply_source: "Exchange", site: "tail.example" }, users: 1, clicks: 0, purchases: 0 },
  ],
  expected: [
    ["Amazon Sites", "amazon.com", 5, 5, 3, 0.05, 3, 30, 600],
    ["Exchange", "news.example", 4, 4, 0, 0.04, 0, 0, 0],
  ],
});
