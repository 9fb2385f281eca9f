import { defineTemplate, usersOf } from "./define";
import { impression, morning, purchase } from "./proof-rows";

export const brandStore = defineTemplate({
  id: "brand-store",
  title: "Brand Store",
  question: "Which pages of the Brand Store are visited after ads, and which visitors buy?",
  tags: ["brand store", "paid table"],
  sql: `
WITH visits AS (
  SELECT user_id, page_title, COUNT(DISTINCT visit_id) AS visits, SUM(dwell_time) AS seconds,
    MIN(event_date_utc) AS first_day
  FROM amazon_brand_store_page_views
  WHERE user_id IS NOT NULL
  GROUP BY user_id, page_title
),
reached AS (
  SELECT user_id, MIN(impression_date_utc) AS first_day
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
bought AS (
  SELECT user_id, MAX(event_date_utc) AS last_day
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'purchase'
  GROUP BY user_id
)
SELECT v.page_title,
  COUNT(DISTINCT v.user_id) AS visitors,
  SUM(v.visits) AS visits,
  SUM(v.seconds) / SUM(v.visits) AS seconds_per_visit,
  COUNT(DISTINCT r.user_id) AS visitors_after_ads,
  COUNT(DISTINCT b.user_id) AS buyers,
  COUNT(DISTINCT b.user_id) / COUNT(DISTINCT v.user_id) AS purchase_rate
FROM visits v
LEFT JOIN reached r ON r.user_id = v.user_id AND r.first_day <= v.first_day
LEFT JOIN bought b ON b.user_id = v.user_id AND b.last_day >= v.first_day
GROUP BY v.page_title`,
  columns: [
    { name: "page_title", label: "Page", unit: "text" },
    { name: "visitors", label: "Visitors", unit: "users" },
    { name: "visits", label: "Visits", unit: "count" },
    { name: "seconds_per_visit", label: "Seconds a visit", unit: "number" },
    { name: "visitors_after_ads", label: "Visitors after DSP ads", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users", description: "On the day of the first visit or later." },
    { name: "purchase_rate", label: "Buyers among visitors", unit: "share" },
  ],
  chart: { kind: "bars", x: "page_title", y: ["visitors", "buyers"] },
  privacy: "A page needs two visitors.",
  guide: `Asks a paid table. Send ads to the page whose visitors buy most often, not to the front page by habit.
A page that people leave within seconds needs another look before more traffic.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      amazon_brand_store_page_views: [
        ...usersOf(4, 1, (user_id) => visited(user_id, "Home", 1)),
        visited("u0001", "Home", 2),
        ...usersOf(2, 1, (user_id) => visited(user_id, "Gifts", 3)),
        visited("u0009", "Rare", 4),
      ],
      dsp_impressions: [
        ...usersOf(2, 1, (user_id) => impression({ user_id, ...morning("impression", "2026-06-04") })),
        // After the visit.
        impression({ user_id: "u0003", ...morning("impression", "2026-06-20") }),
      ],
      conversions: [
        purchase({ user_id: "u0001", ...morning("event", "2026-06-12") }),
        purchase({ user_id: "u0004", ...morning("event", "2026-06-02") }),
      ],
    },
    expected: [
      ["Home", 4, 5, 30, 2, 1, 0.25],
      ["Gifts", 2, 2, 30, 2, 1, 0.5],
    ],
  },
});

function visited(user_id: string, page_title: string, nth: number) {
  const at = { event_dt_utc: "2026-06-08T08:00:00Z", event_date_utc: "2026-06-08" };
  return { user_id, page_title, visit_id: `${user_id} ${nth}`, dwell_time: 30, ...at };
}
