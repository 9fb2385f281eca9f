// What the pages show of every level, in a form that can be compared.
import type { Ctx } from "../../../server/core/context";
import { wholeList } from "../../../server/core/query";
import { getBrandDashboard } from "../../../server/insights/brand-dashboard";
import { getCampaignInsights } from "../../../server/insights/campaign-insights";
import { listCampaigns } from "../../../server/insights/list-campaigns";

/** "campaign 58 clicks" -> "120"; money in micros. What is zero is left out. */
export type Sums = Record<string, string>;

/** Metric of ours -> name in the sandbox's truth. */
export const measures = {
  spend: "totalCostMicros",
  impressions: "impressions",
  clicks: "clicks",
  detailPageViews: "detailPageViews",
  purchases: "purchases",
  sales: "salesMicros",
} as const;

/** Of the campaign pages each fourth is opened. */
export const isOpened = (campaignId: string): boolean => Number(BigInt(campaignId) % 4n) === 0;

export async function shownNow(ctx: Ctx, of: { brandId: string; range: string; asOf?: string }): Promise<Sums> {
  const { brandId, range, asOf } = of;
  const view = { range, ...(asOf ? { asOf } : {}) };
  const filters = Object.entries(view).map(([field, value]) => ({
    field,
    operator: "eq" as const,
    values: [value],
  }));
  return ctx.tx(async (tx) => {
    const sums: Sums = {};
    const add = (what: string, values: Record<string, unknown>) => {
      for (const measure of Object.keys(measures)) {
        const value = String(values[measure] ?? 0);
        if (value !== "0") sums[`${what} ${measure}`] = value;
      }
    };
    const { sections } = await getBrandDashboard(tx, brandId, view);
    for (const { currency, kpis } of sections)
      add(`brand ${currency}`, Object.fromEntries(kpis.map(({ id, value }) => [id, value])));
    const { items } = await listCampaigns(tx, { ...wholeList(), filters });
    for (const { id, campaignId, values } of items) {
      add(`campaign ${campaignId}`, values ?? {});
      if (!isOpened(campaignId)) continue;
      const page = await getCampaignInsights(tx, id, view);
      for (const adGroup of page.adGroups) add(`ad group ${adGroup.adGroupId}`, adGroup.values ?? {});
    }
    return sums;
  });
}

/** Each sum that is in one and not, or otherwise, in the other. */
export const differences = (shown: Sums, wanted: Sums): string[] =>
  [...new Set([...Object.keys(shown), ...Object.keys(wanted)])]
    .filter((key) => shown[key] !== wanted[key])
    .map((key) => `${key} is ${shown[key] ?? "nothing"}, not ${wanted[key] ?? "nothing"}`);
