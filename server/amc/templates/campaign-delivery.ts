import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";
import { impression } from "./proof-rows";

export const campaignDelivery = defineTemplate({
  id: "campaign-delivery",
  title: "Delivery of campaigns",
  question: "How many people did each DSP campaign reach, how often, and how many clicked?",
  tags: ["basics", "reach"],
  parameters: [campaigns],
  sql: `
WITH events AS (
  SELECT campaign, campaign_id_string, user_id, impressions, 0 AS clicks
  FROM dsp_impressions
  UNION ALL
  SELECT campaign, campaign_id_string, user_id, 0 AS impressions, clicks
  FROM dsp_clicks
)
SELECT campaign,
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions,
  SUM(CASE WHEN user_id IS NULL THEN impressions ELSE 0 END) AS impressions_of_nobody,
  SUM(clicks) AS clicks,
  COUNT(DISTINCT CASE WHEN clicks > 0 THEN user_id END) AS clicking_users,
  SUM(CASE WHEN user_id IS NULL THEN 0 ELSE impressions END) / NULLIF(COUNT(DISTINCT user_id), 0) AS frequency,
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_rate
FROM events
WHERE CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
  OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string)
GROUP BY campaign`,
  columns: [
    { name: "campaign", label: "Campaign", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count", reported: "impressions" },
    { name: "impressions_of_nobody", label: "Of people without an id", unit: "count" },
    { name: "clicks", label: "Clicks", unit: "count", reported: "clicks" },
    { name: "clicking_users", label: "Users who clicked", unit: "users" },
    { name: "frequency", label: "Impressions a user", unit: "number" },
    { name: "click_rate", label: "Clicks an impression", unit: "share" },
  ],
  chart: { kind: "bars", x: "campaign", y: ["users", "impressions"] },
  privacy: "A campaign needs two users.",
  guide: `A first look at what AMC holds. Impressions should come close to those of the DSP's report for the same days;
frequency counts those only whose user is known.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: [
        ...usersOf(4, 1, (user_id) => impression({ user_id, campaign: "Brand", impressions: 2 })),
        impression({ user_id: null, campaign: "Brand", impressions: 2 }),
        ...usersOf(2, 1, (user_id) => impression({ user_id, campaign: "Video" })),
        impression({ user_id: "u0009", campaign: "Rare" }),
        // Another month.
        impression({ user_id: "u0001", campaign: "Brand", impression_dt_utc: "2026-07-01T00:00:00Z" }),
      ],
      dsp_clicks: [clicked("u0001"), clicked("u0001"), clicked("u0002")],
    },
    expected: [
      ["Brand", 4, 10, 2, 3, 2, 2, 0.3],
      ["Video", 2, 2, 0, 0, 0, 1, 0],
    ],
  },
});

function clicked(user_id: string) {
  return { user_id, campaign: "Brand", click_dt_utc: "2026-06-04T09:00:00Z", clicks: 1 };
}
