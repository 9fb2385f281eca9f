import { defineCreditRule } from "./touch-credit";

export const attributionLastTouch = defineCreditRule({
  id: "attribution-last-touch",
  title: "Attribution to the last touch",
  question: "Which campaigns are touched last before a purchase?",
  credit: `CASE WHEN place IS NULL OR place = touches THEN 1 ELSE 0 END`,
  guide: "The last touch takes it all: kind to campaigns that meet people about to buy.",
  expected: [
    ["Brand", 5, 2, 60],
    ["Retarget", 3, 1, 30],
    ["Search", 2, 2, 140],
    ["(no ad)", 2, 2, 40],
  ],
});
