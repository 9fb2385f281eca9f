import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";

export const viewability = defineTemplate({
  id: "viewability",
  title: "Viewability",
  question: "Which sites show ads that can be seen?",
  tags: ["supply", "quality"],
  parameters: [campaigns],
  sql: `
SELECT site, slot_position,
  COUNT(DISTINCT user_id) AS users,
  SUM(measurable_impressions) AS measurable,
  SUM(unmeasurable_viewable_impressions) AS unmeasurable,
  SUM(viewable_impressions) AS viewable,
  SUM(viewable_impressions) / NULLIF(SUM(measurable_impressions), 0) AS viewable_rate
FROM dsp_views
WHERE CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
  OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string)
GROUP BY site, slot_position`,
  columns: [
    { name: "site", label: "Site", unit: "text" },
    { name: "slot_position", label: "Position", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "measurable", label: "Measurable impressions", unit: "count" },
    { name: "unmeasurable", label: "Not measurable", unit: "count" },
    { name: "viewable", label: "Viewable", unit: "count", reported: "viewableImpressions" },
    { name: "viewable_rate", label: "Viewable of measurable", unit: "share" },
  ],
  chart: { kind: "bars", x: "site", y: ["viewable_rate"] },
  privacy: "A position on a site needs two users.",
  guide: `Impressions that cannot be measured are in no rate. Sites below the others cost more than they seem to:
divide their price by the rate.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_views: [
        ...usersOf(3, 1, (user_id) => viewed(user_id, "amazon.com", 1)),
        viewed("u0001", "amazon.com", 0),
        ...usersOf(2, 1, (user_id) => viewed(user_id, "news.example", 0)),
        { ...viewed("u0001", "news.example", 0), measurable_impressions: 0, unmeasurable_viewable_impressions: 1 },
        viewed("u0001", "tail.example", 1),
      ],
    },
    expected: [
      ["amazon.com", "TOP", 3, 4, 0, 3, 0.75],
      ["news.example", "TOP", 2, 2, 1, 0, 0],
    ],
  },
});

function viewed(user_id: string, site: string, viewable_impressions: number) {
  return {
    user_id,
    site,
    slot_position: "TOP",
    event_dt_utc: "2026-06-04T08:00:00Z",
    measurable_impressions: 1,
    unmeasurable_viewable_impressions: 0,
    viewable_impressions,
  };
}
