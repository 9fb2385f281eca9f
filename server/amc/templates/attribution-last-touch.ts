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

export const attributionLastTouch = defineTemplate({
  id: "attribution-last-touch",
  title: "Attribution to the last touch",
  question: "Which campaigns are touched last before a purchase?",
  tags: ["attribution"],
  parameters: [lookback],
  sql: creditSql(`CASE WHEN place IS NULL OR place = touches THEN 1 ELSE 0 END`),
  columns: creditColumns,
  chart: creditChart,
  privacy: creditPrivacy,
  guide: `The last touch takes it all: kind to campaigns that meet people about to buy.
${creditGuide}`,
  proof: {
    window: creditWindow,
    tables: creditData,
    expected: [
      ["Brand", 5, 2, 60],
      ["Retarget", 3, 1, 30],
      ["Search", 2, 2, 140],
      ["(no ad)", 2, 2, 40],
    ],
  },
});
