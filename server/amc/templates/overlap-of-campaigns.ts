import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";
import { impression } from "./proof-rows";

export const overlapOfCampaigns = defineTemplate({
  id: "overlap-of-campaigns",
  title: "Overlap of campaigns",
  question: "Which campaigns reach the same people?",
  tags: ["overlap", "reach"],
  parameters: [campaigns],
  sql: `
WITH people AS (
  SELECT campaign, user_id
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND (CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
      OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string))
  GROUP BY campaign, user_id
),
counted AS (
  SELECT campaign, user_id, COUNT(user_id) OVER (PARTITION BY campaign) AS reach
  FROM people
)
SELECT a.campaign AS campaign,
  b.campaign AS other_campaign,
  COUNT(DISTINCT a.user_id) AS shared_users,
  COUNT(DISTINCT a.user_id) / MAX(a.reach) AS share_of_campaign
FROM counted a
INNER JOIN counted b ON b.user_id = a.user_id AND b.campaign <> a.campaign
GROUP BY a.campaign, b.campaign`,
  columns: [
    { name: "campaign", label: "Of the campaign", unit: "text" },
    { name: "other_campaign", label: "Also reached by", unit: "text" },
    { name: "shared_users", label: "Users of both", unit: "users" },
    { name: "share_of_campaign", label: "Share of its reach", unit: "share" },
  ],
  chart: { kind: "heatmap", x: "campaign", y: "other_campaign", value: "share_of_campaign" },
  privacy: "A pair of campaigns needs two users in common.",
  guide: `Each pair stands twice, as a share of either. Two campaigns that share most of their people compete with each other:
exclude the audience of one from the other, or set a frequency cap over both.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: [
        ...usersOf(5, 1, (user_id) => saw(user_id, "Brand")),
        ...usersOf(2, 4, (user_id) => saw(user_id, "Retarget")),
        ...usersOf(2, 4, (user_id) => saw(user_id, "Retarget")),
        ...usersOf(2, 10, (user_id) => saw(user_id, "Retarget")),
        ...usersOf(2, 5, (user_id) => saw(user_id, "Video")),
      ],
    },
    // Brand reached 5 and Retarget 4, two of them in common; Video shares one with each of them.
    expected: [
      ["Brand", "Retarget", 2, 2 / 5],
      ["Retarget", "Brand", 2, 2 / 4],
    ],
  },
});

function saw(user_id: string, campaign: string) {
  return impression({ user_id, campaign, campaign_id_string: campaign });
}
