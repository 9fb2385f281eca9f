// Advertisers whose reports a test writes itself.
import { randomUUID } from "node:crypto";
import type { RowBatch } from "../../server/amazon";
import { accounts } from "../../server/connections/tables";
import type { Ctx } from "../../server/core/context";
import { reportTypes } from "../../server/insights/report-types";
import { storeReportRows } from "../../server/insights/store-report-rows";

export interface ReportedDay {
  day: string;
  campaign?: string;
  impressions?: number;
  clicks?: number;
  purchases?: number;
  /** In units of the currency. */
  cost?: number;
  sales?: number;
}

async function* batchOf(rows: object[]): AsyncGenerator<RowBatch> {
  yield { rows: rows as RowBatch["rows"], rejected: [] };
}

/** @param currency of the account; @param timeZone of its days */
export async function reportedAccount(
  ctx: Ctx,
  about: { brandId: string | null; currency?: string; timeZone?: string; name?: string },
) {
  const { brandId, currency = "USD", timeZone = "UTC", name = "Harbor" } = about;
  const accountId = randomUUID();
  await ctx.tx((tx) =>
    tx.db.insert(accounts).values({
      agencyId: ctx.agencyId,
      id: accountId,
      kind: "dsp_advertiser",
      region: "NA",
      amazonId: accountId.slice(0, 8),
      name,
      countryCode: "US",
      currency,
      timeZone,
      brandId,
      capabilities: {} as never,
      createdAt: ctx.now(),
      seenAt: ctx.now(),
    }),
  );
  /** Amazon's answer for some days, now. */
  const answer = (from: string, to: string, days: readonly ReportedDay[]) => {
    const run = {
      id: randomUUID(),
      accountId,
      range: { from, to },
      currency,
      dialect: "v3" as const,
      observedAt: ctx.now(),
    };
    const rows = days.map(
      ({ day, campaign = "58", impressions = 0, clicks = 0, purchases = 0, cost = 0, sales = 0 }) => ({
        date: day,
        orderId: campaign,
        orderName: `Order ${campaign}`,
        lineItemId: `${campaign}1`,
        creativeId: "9",
        creativeName: "Creative 9",
        orderCurrency: currency,
        ...{ impressions, clicks, purchases, sales, totalCost: cost },
      }),
    );
    return ctx.tx((tx) => storeReportRows(tx, { type: reportTypes.campaign, run }, batchOf(rows)));
  };
  return { accountId, answer };
}
