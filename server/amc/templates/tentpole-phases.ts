import { defineTemplate, usersOf } from "./define";
import { day } from "./parameters";
import { creditedPurchase, impression } from "./proof-rows";

export const tentpolePhases = defineTemplate({
  id: "tentpole-phases",
  title: "Phases around an event",
  question: "Do people who saw ads before a sales event buy more at it?",
  tags: ["overlap", "timing", "event"],
  parameters: [
    day("event_from", "First day of the event", "In the advertiser's time zone."),
    day("event_to", "Last day of the event", "In the advertiser's time zone."),
  ],
  sql: `
WITH people AS (
  SELECT user_id,
    MAX(CASE WHEN impression_date < CAST(CUSTOM_PARAMETER('event_from') AS DATE) THEN 1 ELSE 0 END) AS lead_up,
    MAX(CASE WHEN impression_date >= CAST(CUSTOM_PARAMETER('event_from') AS DATE)
      AND impression_date <= CAST(CUSTOM_PARAMETER('event_to') AS DATE) THEN 1 ELSE 0 END) AS in_event,
    MAX(CASE WHEN impression_date > CAST(CUSTOM_PARAMETER('event_to') AS DATE) THEN 1 ELSE 0 END) AS lead_out,
    SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
buys AS (
  SELECT user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
    AND conversion_event_date >= CAST(CUSTOM_PARAMETER('event_from') AS DATE)
  GROUP BY user_id
)
SELECT SUBSTRING(CONCAT(
    CASE WHEN p.lead_up = 1 THEN ' + Lead-up' ELSE '' END,
    CASE WHEN p.in_event = 1 THEN ' + Event' ELSE '' END,
    CASE WHEN p.lead_out = 1 THEN ' + Lead-out' ELSE '' END), 4) AS phases,
  COUNT(DISTINCT p.user_id) AS users,
  COUNT(DISTINCT b.user_id) AS buyers,
  COUNT(DISTINCT b.user_id) / COUNT(DISTINCT p.user_id) AS purchase_rate,
  SUM(COALESCE(b.purchases, 0)) AS purchases,
  SUM(COALESCE(b.sales, 0)) AS sales,
  SUM(p.cost) AS cost
FROM people p
LEFT JOIN buys b ON b.user_id = p.user_id
GROUP BY 1`,
  columns: [
    { name: "phases", label: "Saw ads in", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users", description: "From the first day of the event on." },
    { name: "purchase_rate", label: "Buyers among users", unit: "share" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "cost", label: "Cost", unit: "money" },
  ],
  chart: { kind: "overlap", sets: "phases", value: "users" },
  privacy: "A combination of phases needs two users.",
  guide: `Let the window begin with the lead-up and end with the lead-out. Compare "Lead-up + Event" with "Event": what it has more
is what the weeks before may have added. People seen in more phases also had more ads.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { event_from: "2026-06-10", event_to: "2026-06-11" },
    tables: {
      dsp_impressions: [
        ...usersOf(4, 1, (user_id) => saw(user_id, "2026-06-09")),
        ...usersOf(2, 3, (user_id) => saw(user_id, "2026-06-10")),
        ...usersOf(3, 11, (user_id) => saw(user_id, "2026-06-11")),
        saw("u0021", "2026-06-12"),
      ],
      amazon_attributed_events_by_conversion_time: [
        // Before the event.
        bought("u0001", "2026-06-09"),
        ...usersOf(2, 3, (user_id) => bought(user_id, "2026-06-10")),
        bought("u0011", "2026-06-15"),
      ],
    },
    expected: [
      ["Lead-up", 2, 0, 0, 0, 0, 0.02],
      ["Lead-up + Event", 2, 2, 1, 2, 20, 0.04],
      ["Event", 3, 1, 1 / 3, 1, 10, 0.03],
    ],
  },
});

function saw(user_id: string, impression_date: string) {
  return impression({ user_id, impression_date });
}

function bought(user_id: string, conversion_event_date: string) {
  return creditedPurchase({ user_id, conversion_event_date });
}
