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

const halfLife = {
  name: "half_life",
  label: "Days after which a touch counts half",
  kind: "decimal",
  default: 7,
  least: 0.5,
  most: 28,
} as const;

export const attributionTimeDecay = defineTemplate({
  id: "attribution-time-decay",
  title: "Attribution with time decay",
  question: "What does each campaign earn if a touch counts more the nearer it is to the purchase?",
  tags: ["attribution"],
  parameters: [lookback, halfLife],
  sql: creditSql(`CASE WHEN place IS NULL THEN 1
    ELSE POWER(0.5, days / CUSTOM_PARAMETER('half_life'))
      / SUM(POWER(0.5, days / CUSTOM_PARAMETER('half_life'))) OVER (PARTITION BY conversion_id) END`),
  columns: creditColumns,
  chart: creditChart,
  privacy: creditPrivacy,
  guide: `A touch counts half as much for each half-life that lies between it and the purchase; time is counted in whole hours.
${creditGuide}`,
  proof: {
    window: creditWindow,
    tables: creditData,
    expected: [
      // Two weeks, a week and no time before: 1/7, 2/7 and 4/7; a week and no time: 1/3 and 2/3.
      ["Brand", 5, 2 / 7 + 2 + 1 / 3, 20 + 60 + 10],
      ["Retarget", 3, 4 / 7 + 2 / 3, 40 + 20],
      ["Search", 2, 8 / 7, 80],
      ["(no ad)", 2, 2, 40],
    ],
  },
});
