import { breakdownColumns, breakdownData, breakdownSql } from "./breakdown";
import { defineTemplate } from "./define";
import { campaigns } from "./parameters";

export const creative = defineTemplate({
  id: "creative",
  title: "Creatives",
  question: "Which creatives bring clicks and purchases?",
  tags: ["creative"],
  parameters: [campaigns],
  sql: breakdownSql("creative, creative_type, creative_size"),
  columns: breakdownColumns(
    { name: "creative", label: "Creative", unit: "text" },
    { name: "creative_type", label: "Type", unit: "text" },
    { name: "creative_size", label: "Size", unit: "text" },
  ),
  chart: { kind: "bars", x: "creative", y: ["cost", "sales"] },
  privacy: "A creative needs two users.",
  guide: `Compare creatives of one type and size within one campaign: others are shown to other people.
A creative that wins by purchases and loses by clicks is the better one.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: breakdownData([
      {
        of: { creative: "Mug", creative_type: "DISPLAY", creative_size: "300x250" },
        users: 4,
        clicks: 1,
        purchases: 2,
      },
      {
        of: { creative: "Pot", creative_type: "DISPLAY", creative_size: "300x250" },
        users: 4,
        clicks: 3,
        purchases: 1,
      },
      {
        of: { creative: "Lid", creative_type: "DISPLAY", creative_size: "300x250" },
        users: 1,
        clicks: 0,
        purchases: 0,
      },
    ]),
    expected: [
      ["Mug", "DISPLAY", "300x250", 4, 4, 1, 0.04, 2, 20, 500],
      ["Pot", "DISPLAY", "300x250", 4, 4, 3, 0.04, 1, 10, 250],
    ],
  },
});
