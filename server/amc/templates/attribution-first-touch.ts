import { defineCreditRule } from "./touch-credit";

export const attributionFirstTouch = defineCreditRule({
  id: "attribution-first-touch",
  title: "Attribution to the first touch",
  question: "Which campaigns begin the journeys that end in a purchase?",
  credit: `CASE WHEN place IS NULL OR place = 1 THEN 1 ELSE 0 END`,
  guide: "The first touch takes it all: kind to campaigns that find people.",
  expected: [
    ["Brand", 5, 5, 230],
    ["Retarget", 3, 0, 0],
    ["Search", 2, 0, 0],
    ["(no ad)", 2, 2, 40],
  ],
});
