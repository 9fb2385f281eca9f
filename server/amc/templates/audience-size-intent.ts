import { defineTemplate, usersOf } from "./define";
import { asins } from "./parameters";
import { purchase } from "./proof-rows";

export const audienceSizeIntent = defineTemplate({
  id: "audience-size-intent",
  title: "Audience sizes by intent",
  question: "How many people looked, how many put into the cart, how many bought: enough for an audience?",
  tags: ["audience", "sizing"],
  parameters: [asins],
  sql: `
WITH people AS (
  SELECT user_id,
    MAX(CASE WHEN event_subtype = 'detailPageView' THEN 1 ELSE 0 END) AS looked,
    MAX(CASE WHEN event_subtype = 'shoppingCart' THEN 1 ELSE 0 END) AS put_in_cart,
    SUM(CASE WHEN event_category = 'purchase' THEN 1 ELSE 0 END) AS orders
  FROM conversions
  WHERE user_id IS NOT NULL
    AND (CARDINALITY(CUSTOM_PARAMETER('asins')) = 0 OR ARRAY_CONTAINS(CUSTOM_PARAMETER('asins'), tracked_asin))
  GROUP BY user_id
)
SELECT CASE
    WHEN orders > 1 THEN '1. bought again'
    WHEN orders = 1 THEN '2. bought once'
    WHEN put_in_cart = 1 THEN '3. in the cart, not bought'
    ELSE '4. looked only' END AS people,
  COUNT(DISTINCT user_id) AS users,
  COUNT(DISTINCT user_id) >= 2000 AS enough_for_audience,
  COUNT(DISTINCT user_id) >= 500 AND COUNT(DISTINCT user_id) <= 500000 AS fit_for_lookalike
FROM people
WHERE looked + put_in_cart + orders > 0
GROUP BY 1`,
  columns: [
    { name: "people", label: "People", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "enough_for_audience", label: "Enough for an audience", unit: "flag", description: "2,000 users or more." },
    { name: "fit_for_lookalike", label: "Fit for a lookalike", unit: "flag", description: "500 to 500,000 users." },
  ],
  chart: { kind: "bars", x: "people", y: ["users"] },
  privacy: "A group needs two users.",
  guide: `Each person is in one group, by the furthest they went. Retarget those with something in the cart; exclude those who
bought. Audiences are made from other tables than reports: the size may differ a little.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { asins: ["B0PAN"] },
    tables: {
      conversions: [
        ...usersOf(510, 1, (user_id) => did(user_id, "detailPageView", 1)),
        ...usersOf(4, 1, (user_id) => did(user_id, "shoppingCart", 2)),
        ...usersOf(2, 3, (user_id) => did(user_id, "order", 3)),
        did("u0004", "order", 4),
        did("u0005", "order", 4),
        { ...did("u0900", "order", 4), tracked_asin: "B0LID" },
      ],
    },
    // u0004 alone bought again; u0003 and u0005 bought once; u0001 and u0002 have it in the cart.
    expected: [
      ["2. bought once", 2, false, false],
      ["3. in the cart, not bought", 2, false, false],
      ["4. looked only", 505, false, true],
    ],
  },
});

function did(user_id: string, event_subtype: string, day: number) {
  const event_category = event_subtype === "order" ? "purchase" : "website";
  const event_dt_utc = `2026-06-0${day}T08:00:00Z`;
  return purchase({ user_id, event_category, event_subtype, event_dt_utc, tracked_asin: "B0PAN" });
}
