import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { RunningSandbox } from "../index";
import { aSandbox } from "../test-client";
import { anInstance, SMALL, type TestInstance } from "./test-instance";

// The first query on an instance makes its events: long on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let sandbox: RunningSandbox;
let amc: TestInstance;
beforeAll(async () => {
  sandbox = await aSandbox({ campaigns: 12, months: 5, ...SMALL, amcPeople: 2500 });
  amc = await anInstance(sandbox);
}, 60_000);

const WHOLE_TIME = { timeWindowType: "ALL", timeWindowStart: undefined, timeWindowEnd: undefined };
afterAll(() => sandbox.close());

/** Reports of the moment that AMC shows: it runs 48 hours behind. */
const truth = (by: "total" | "campaign" | "ad") => {
  const found = sandbox.control.truth({
    advertiserId: amc.advertiserId,
    startDate: "2026-05-01",
    endDate: "2026-05-31",
    by,
    asOf: "2026-07-08T00:00:00Z",
  });
  if (!found) throw new Error("no truth");
  return found;
};

const numbers = (row: Record<string, string> | undefined) =>
  Object.fromEntries(Object.entries(row ?? {}).map(([name, text]) => [name, Number(text)]));

test("impressions, views and costs of a month sum to the reports' totals", async () => {
  const [row] = await amc.rows(`SELECT SUM(impressions) AS impressions, SUM(supply_cost) / 100 AS supplyCostMicros,
    SUM(audience_fee) / 100 AS amazonDSPAudienceFeeMicros, SUM(total_cost) * 10 AS totalCostMicros FROM dsp_impressions`);
  const [views] = await amc.rows(
    "SELECT SUM(viewable_impressions) AS viewableImpressions, SUM(measurable_impressions) AS measurableImpressions FROM dsp_views",
  );
  const { total } = truth("total");
  for (const [name, value] of Object.entries({ ...numbers(row), ...numbers(views) })) {
    expect([name, value]).toEqual([name, Number(total[name])]);
  }
});

test("clicks and finished videos agree, also by campaign where enough people are behind them", async () => {
  const [sum] = await amc.rows("SELECT SUM(clicks) AS clicks FROM dsp_clicks");
  expect(sum?.clicks).toBe(truth("total").total.clicks);
  const clicks = await amc.rows("SELECT campaign_id_string, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1");
  const { by } = truth("campaign");
  expect(clicks.length).toBeGreaterThan(1);
  for (const row of clicks) expect(row.clicks).toBe(by[row.campaign_id_string ?? ""]?.clicks);
  const [video] = await amc.rows(
    "SELECT SUM(video_start) AS videoAdStart, SUM(video_complete) AS videoAdComplete FROM dsp_video_events_feed",
  );
  expect(numbers(video)).toEqual({
    videoAdStart: Number(truth("total").total.videoAdStart),
    videoAdComplete: Number(truth("total").total.videoAdComplete),
  });
});

const CREDITED = `SUM(purchases) AS purchases, SUM(purchases_clicks) AS purchasesClicks,
  SUM(total_purchases) AS totalPurchases, SUM(new_to_brand_purchases) AS newToBrandPurchases, SUM(units_sold) AS unitsSold,
  SUM(detail_page_view) AS detailPageViews, SUM(total_add_to_cart) AS totalAddToCart, SUM(product_sales) AS sales,
  SUM(total_product_sales) AS totalSales, SUM(off_amazon_product_sales) AS offAmazonProductSales`;

function expectCredited(row: Record<string, string>, sums: Record<string, string> = {}): void {
  for (const [name, text] of Object.entries(row)) {
    const micros = sums[`${name}Micros`];
    if (micros === undefined) expect([name, text]).toEqual([name, sums[name]]);
    else expect([name, Number(text).toFixed(2)]).toEqual([name, (Number(micros) / 1e6).toFixed(2)]);
  }
}

test("credited conversions agree with the reports, by creative too, and their amounts to the cent", async () => {
  const from = "FROM amazon_attributed_events_by_traffic_time WHERE ad_product_type IS NULL";
  const [all] = await amc.rows(`SELECT ${CREDITED} ${from}`);
  expectCredited(all ?? {}, truth("total").total);
  const rows = await amc.rows(`SELECT creative_id, ${CREDITED} ${from} GROUP BY creative_id`);
  expect(rows.length).toBeGreaterThan(4);
  for (const { creative_id = "", ...row } of rows) expectCredited(row, truth("ad").by[creative_id]);
});

test("the two attributed tables hold the same conversions at different times", async () => {
  const count = (table: string) =>
    amc.rows(`SELECT COUNT(*) AS n, SUM(total_purchases) AS purchases FROM amazon_attributed_events_by_${table}_time`, {
      execution: WHOLE_TIME,
    });
  const late = await amc.rows(
    `SELECT COUNT(*) AS n FROM amazon_attributed_events_by_conversion_time WHERE conversion_event_dt_utc < traffic_event_dt_utc`,
  );
  expect(late).toEqual([]);
  const [byConversion] = await count("conversion");
  const [byTraffic] = await count("traffic");
  expect(byConversion).toEqual(byTraffic);
});

test("some of the people are known, and only those have an id", async () => {
  const [row] =
    await amc.rows(`SELECT COUNT(DISTINCT user_id) AS users, SUM(CASE WHEN user_id IS NULL THEN impressions ELSE 0 END) AS unknown,
    SUM(CASE WHEN user_id IS NOT NULL THEN impressions ELSE 0 END) AS known FROM dsp_impressions`);
  expect(Number(row?.users)).toBeGreaterThan(100);
  expect(Number(row?.known)).toBeGreaterThan(Number(row?.users));
  expect(Number(row?.unknown)).toBeGreaterThan(Number(row?.known));
});

test("what the advertiser uploaded joins its customers to what they were shown", async () => {
  const tiers = await amc.rows(`SELECT loyalty_tier, COUNT(DISTINCT i.user_id) AS users FROM dsp_impressions i
    INNER JOIN crm_customers c ON i.user_id = c.user_id GROUP BY loyalty_tier`);
  expect(tiers.map((row) => row.loyalty_tier).sort()).toEqual(["gold", "none", "silver"]);
});

test("a conversion repeats for each relevant campaign, and is one by its id", async () => {
  const [relevant] = await amc.rows(
    "SELECT COUNT(DISTINCT conversion_id) AS conversions, COUNT(*) AS n FROM conversions_with_relevance",
  );
  const [plain] = await amc.rows("SELECT COUNT(DISTINCT conversion_id) AS conversions FROM conversions");
  expect(relevant?.conversions).toBe(plain?.conversions);
  expect(Number(relevant?.n)).toBeGreaterThan(Number(relevant?.conversions));
});

test("segment tables repeat an identified impression by segment, and say which were targeted", async () => {
  const all = await amc.rows(
    "SELECT SUM(behavior_segment_matched) AS matched, COUNT(*) AS n FROM dsp_impressions_by_user_segments",
  );
  const [matched] = await amc.rows("SELECT COUNT(*) AS n FROM dsp_impressions_by_matched_segments");
  expect(all[0]?.matched).toBe(matched?.n);
  expect(Number(all[0]?.n)).toBeGreaterThan(Number(matched?.n));
});

test("the planted truth: retargeting is credited with orders and adds none, video adds some", async () => {
  const effects = await sandbox.control.effects(amc.advertiserId);
  const of = (channel: string) => effects?.channels.find((one) => one.channel === channel);
  expect(of("retargeting")).toMatchObject({ incrementalOrders: 0 });
  expect(of("retargeting")?.campaignIds).toHaveLength(1);
  expect(of("streamingTv")?.incrementalOrders).toBeGreaterThan(0);
  const [credited] = await amc.rows(
    `SELECT SUM(total_purchases) AS n FROM amazon_attributed_events_by_traffic_time
     WHERE campaign LIKE '%Retargeting%' AND user_id IS NOT NULL`,
    { execution: WHOLE_TIME },
  );
  expect(Number(credited?.n)).toBeGreaterThan(0);
});
