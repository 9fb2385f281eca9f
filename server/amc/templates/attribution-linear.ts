import { defineCreditRule } from "./touch-credit";

export const attributionLinear = defineCreditRule({
  id: "attribution-linear",
  title: "Attribution in equal parts",
  question: "What does each campaign earn if every touch before a purchase counts the same?",
  credit: `CASE WHEN place IS NULL THEN 1 ELSE 1.0 / touches END`,
  guide: "Each touch takes the same part: kind to campaigns that are seen often.",
  expected: [
    ["Brand", 5, 2 / 3 + 2 + 1 / 2, 140 / 3 + 60 + 15],
    ["Retarget", 3, 2 / 3 + 1 / 2, 140 / 3 + 15],
    ["Search", 2, 2 / 3, 140 / 3],
    ["(no ad)", 2, 2, 40],
  ],
});
