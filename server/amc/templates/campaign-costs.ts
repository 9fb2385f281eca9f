import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";
import { impression } from "./proof-rows";

export const campaignCosts = defineTemplate({
  id: "campaign-costs",
  title: "Costs of campaigns",
  question: "What do my DSP campaigns cost, and how much of it are fees?",
  tags: ["cost"],
  parameters: [campaigns],
  sql: `
SELECT campaign, currency_iso_code AS currency,
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions,
  SUM(total_cost) / 100000 AS cost,
  SUM(supply_cost) / 100000000 AS supply,
  SUM(audience_fee) / 100000000 AS audience_fees,
  SUM(platform_fee) / 100000000 AS platform_fees,
  SUM(total_cost) / 100 / NULLIF(SUM(impressions), 0) AS cost_per_thousand,
  SUM(total_cost) / 100000 / NULLIF(COUNT(DISTINCT user_id), 0) AS cost_per_user
FROM dsp_impressions
WHERE CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
  OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string)
GROUP BY campaign, currency_iso_code`,
  columns: [
    { name: "campaign", label: "Campaign", unit: "text" },
    { name: "currency", label: "Currency", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count", reported: "impressions" },
    { name: "cost", label: "Cost", unit: "money", reported: "spend" },
    { name: "supply", label: "Of which supply", unit: "money", reported: "supplyCost" },
    { name: "audience_fees", label: "Audience fees", unit: "money", reported: "audienceFee" },
    { name: "platform_fees", label: "Platform fees", unit: "money" },
    { name: "cost_per_thousand", label: "Cost a thousand impressions", unit: "money" },
    { name: "cost_per_user", label: "Cost a user", unit: "money" },
  ],
  chart: { kind: "bars", x: "campaign", y: ["cost"] },
  privacy: "A campaign needs two users. Compare the sum with the DSP's report to see how much is hidden.",
  guide: `Impressions of people without an id are part of the cost, and of no user.
Currencies stand apart and must not be added up. A campaign whose audience fees rival its supply should earn them.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: [
        ...usersOf(4, 1, (user_id) => shown(user_id, "Brand", 2)),
        // Nobody's impression still costs.
        shown(null, "Brand", 2),
        ...usersOf(2, 1, (user_id) => shown(user_id, "Video", 5)),
        shown("u0009", "Rare", 100),
      ],
    },
    // An impression costs 0.02 or 0.05, of which a half is supply, a quarter each fee.
    expected: [
      ["Brand", "EUR", 4, 5, 0.1, 0.05, 0.025, 0.025, 20, 0.025],
      ["Video", "EUR", 2, 2, 0.1, 0.05, 0.025, 0.025, 50, 0.05],
    ],
  },
});

function shown(user_id: string | null, campaign: string, cents: number) {
  const fees = { supply_cost: cents * 500_000, audience_fee: cents * 250_000, platform_fee: cents * 250_000 };
  return impression({ user_id, campaign, currency_iso_code: "EUR", total_cost: cents * 1_000, ...fees });
}
