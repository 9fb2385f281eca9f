import { defineTemplate, usersOf } from "./define";
import { sponsoredAd } from "./proof-rows";

export const searchTermPairs = defineTemplate({
  id: "search-term-pairs",
  title: "Searches of the same people",
  question: "Which searches do the same people make, so that they belong into one campaign?",
  tags: ["search", "discovery", "sponsored ads"],
  parameters: [
    {
      name: "least",
      label: "Least users of a search",
      kind: "whole",
      default: 10,
      least: 2,
      most: 1_000_000,
      help: "Rarer searches are left out.",
    },
  ],
  sql: `
WITH searched AS (
  SELECT user_id, LOWER(customer_search_term) AS term
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL AND customer_search_term IS NOT NULL
  GROUP BY 1, 2
),
counted AS (
  SELECT user_id, term, COUNT(user_id) OVER (PARTITION BY term) AS searchers
  FROM searched
)
SELECT a.term AS term,
  b.term AS other_term,
  COUNT(DISTINCT a.user_id) AS users_of_both,
  COUNT(DISTINCT a.user_id) / MAX(a.searchers) AS share_of_term,
  COUNT(DISTINCT a.user_id) / (MAX(a.searchers) + MAX(b.searchers) - COUNT(DISTINCT a.user_id)) AS likeness
FROM counted a
INNER JOIN counted b ON b.user_id = a.user_id AND b.term <> a.term
WHERE a.searchers >= CUSTOM_PARAMETER('least') AND b.searchers >= CUSTOM_PARAMETER('least')
GROUP BY a.term, b.term`,
  columns: [
    { name: "term", label: "Search", unit: "text" },
    { name: "other_term", label: "And", unit: "text" },
    { name: "users_of_both", label: "Users of both", unit: "users" },
    { name: "share_of_term", label: "Share of its users", unit: "share" },
    { name: "likeness", label: "Likeness", unit: "share", description: "Users of both by users of either." },
  ],
  chart: { kind: "heatmap", x: "term", y: "other_term", value: "likeness" },
  privacy: "A pair of searches needs two users in common.",
  guide: `Only searches that showed an ad of ours are there. Group searches of high likeness: their people are the same, so one
budget and one message fit them.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { least: 2 },
    tables: {
      sponsored_ads_traffic: [
        ...usersOf(5, 1, (user_id) => searched(user_id, "coffee mug")),
        ...usersOf(4, 4, (user_id) => searched(user_id, "travel mug")),
        // The same search in other letters.
        searched("u0004", "Travel Mug"),
        ...usersOf(2, 7, (user_id) => searched(user_id, "thermos")),
        searched("u0001", "rare pot"),
      ],
    },
    // Five and four people, two of them in common; one shares travel mug and thermos.
    expected: [
      ["coffee mug", "travel mug", 2, 2 / 5, 2 / 7],
      ["travel mug", "coffee mug", 2, 2 / 4, 2 / 7],
    ],
  },
});

function searched(user_id: string, customer_search_term: string) {
  return sponsoredAd({ user_id, customer_search_term });
}
