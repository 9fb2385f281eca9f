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

export const attributionFirstTouch = defineTemplate({
  id: "attribution-first-touch",
  title: "Attribution to the first touch",
  question: "Which campaigns begin the journeys that end in a purchase?",
  tags: ["attribution"],
  parameters: [lookback],
  sql: creditSql(`CASE WHEN place IS NULL OR place = 1 THEN 1 ELSE 0 END`),
  columns: creditColumns,
  chart: creditChart,
  privacy: creditPrivacy,
  guide: `The first touch takes it all: kind to campaigns that find people.
${creditGuide}`,
  proof: {
    window: creditWindow,
    tables: creditData,
    expected: [
      ["Brand", 5, 5, 230],
      ["Retarget", 3, 0, 0],
      ["Search", 2, 0, 0],
      ["(no ad)", 2, 2, 40],
    ],
  },
});
