import { defineTemplate } from "./define";
import {
  creditChart,
  creditColumns,
  creditData,
  creditGuide,
  creditPrivacy,
  creditSql,
  creditWindow,
  lookback,
} from "./touch-credit";

export const attributionLinear = defineTemplate({
  id: "attribution-linear",
  title: "Attribution in equal parts",
  question: "What does each campaign earn if every touch before a purchase counts the same?",
  tags: ["attribution"],
  parameters: [lookback],
  sql: creditSql(`CASE WHEN place IS NULL THEN 1 ELSE 1.0 / touches END`),
  columns: creditColumns,
  chart: creditChart,
  privacy: creditPrivacy,
  guide: `Each touch takes the same part: kind to campaigns that are seen often.
${creditGuide}`,
  proof: {
    window: creditWindow,
    tables: creditData,
    expected: [
      ["Brand", 5, 2 / 3 + 2 + 1 / 2, 140 / 3 + 60 + 15],
      ["Retarget", 3, 2 / 3 + 1 / 2, 140 / 3 + 15],
      ["Search", 2, 2 / 3, 140 / 3],
      ["(no ad)", 2, 2, 40],
    ],
  },
});
