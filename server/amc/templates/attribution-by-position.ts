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

export const attributionByPosition = defineTemplate({
  id: "attribution-by-position",
  title: "Attribution by position",
  question: "What does each campaign earn if the first and the last touch count most?",
  tags: ["attribution"],
  parameters: [lookback, share("first", "Share of the first touch"), share("last", "Share of the last touch")],
  sql: creditSql(`CASE
    WHEN place IS NULL OR touches = 1 THEN 1
    WHEN touches = 2 AND place = 1
      THEN CUSTOM_PARAMETER('first') / (CUSTOM_PARAMETER('first') + CUSTOM_PARAMETER('last'))
    WHEN touches = 2 THEN CUSTOM_PARAMETER('last') / (CUSTOM_PARAMETER('first') + CUSTOM_PARAMETER('last'))
    WHEN place = 1 THEN CUSTOM_PARAMETER('first')
    WHEN place = touches THEN CUSTOM_PARAMETER('last')
    ELSE (1 - CUSTOM_PARAMETER('first') - CUSTOM_PARAMETER('last')) / (touches - 2) END`),
  columns: creditColumns,
  chart: creditChart,
  privacy: creditPrivacy,
  guide: `The first and the last touch take their shares, those between them share the rest; of two touches each takes in proportion.
${creditGuide}`,
  proof: {
    window: creditWindow,
    tables: creditData,
    expected: [
      ["Brand", 5, 2 * 0.4 + 2 + 0.5, 2 * 28 + 60 + 15],
      ["Retarget", 3, 2 * 0.2 + 0.5, 2 * 14 + 15],
      ["Search", 2, 2 * 0.4, 2 * 28],
      ["(no ad)", 2, 2, 40],
    ],
  },
});

function share(name: string, label: string) {
  return { name, label, kind: "decimal", default: 0.4, least: 0.05, most: 0.5 } as const;
}
