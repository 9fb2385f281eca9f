import { afterEach, beforeEach, expect, test } from "vitest";
import { type RunningSandbox, startSandbox } from "../../sandbox/index";
import { amazonServices, amazonUser, connected } from "../../tests/support/amazon-user";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner, nextAfternoon } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { runJobs } from "../../tests/support/run-jobs";
import { assignAccounts } from "../connections/assign-accounts";
import { discoverAccounts } from "../connections/discover-accounts";
import { type Ctx, isTx } from "../core/context";
import { wholeList } from "../core/query";
import { getBrandDashboard } from "./brand-dashboard";
import { getCampaignInsights } from "./campaign-insights";
import { addDays, dayIn } from "./date-range";
import { listExplanations } from "./explain-change";
import { readHome } from "./home-overview";
import { collectReportJob, planDiscoveredJob, requestReportJob, syncEntitiesJob } from "./jobs";
import { listCampaigns, listCampaignTotals } from "./list-campaigns";
import { getSyncRun, listSyncRuns } from "./list-sync-runs";
import { planSlots } from "./plan-slots";
import { syncNow } from "./sync-now";
import { listSyncStatus } from "./sync-status";

const { db, ownerUrl } = testDatabase();
const jobs = [syncEntitiesJob, requestReportJob, collectReportJob, planDiscoveredJob];
const advertiser = "Harbor & Pine Coffee";
const zone = "America/New_York";
const day = 86_400_000;
const noon = 17 * 3_600_000;
let start = nextAfternoon();

let running: RunningSandbox | undefined;

// An Amazon a test: one test's reports and moved clock would be another's.
beforeEach(async () => {
  start = nextAfternoon();
  running = await startSandbox({ port: 0, reportDelaySeconds: 0 });
  running.control.clock.set({ now: start.toISOString(), frozen: true });
});
afterEach(() => running?.close());

function sandbox(): RunningSandbox {
  if (!running) throw new Error("the sandbox runs while tests run");
  return running;
}

async function anOffice(name = "Ben") {
  const clock = aClock(start);
  const source = aSource(db, { clock, jobs, services: amazonServices(sandbox(), { clock }) });
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const connectionId = await connected(ctx, { userId: amazonUser(sandbox(), name).id });
  await discoverAccounts(ctx, { connectionId });
  const run = (until?: Date) => runJobs({ ownerUrl, source, agencyId, jobs, clock, until });
  /** Our clock and Amazon's. */
  const moveTo = (moment: Date) => {
    clock.set(moment);
    sandbox().control.clock.set({ now: moment.toISOString(), frozen: true });
  };
  return { ctx, run, clock, moveTo, agencyId, source };
}

const accountNamed = async (ctx: Ctx, name: string) => {
  const { items } = await ctx.tx((tx) => listSyncStatus(tx, wholeList()));
  const account = items.find((one) => one.name === name);
  if (!account) throw new Error(`no account ${name}`);
  return account;
};

const sumOf = (ctx: Ctx, table: "facts" | "rollup_campaign_day" | "rollup_account_day") =>
  ctx.tx(async (tx) => {
    const [row] = await tx.sql.unsafe(`select sum(impressions)::text as impressions, sum(clicks)::text as clicks,
      sum(total_cost)::text as "totalCostMicros", sum(supply_cost)::text as "supplyCostMicros", sum(sales)::text as "salesMicros",
      sum(total_sales)::text as "totalSalesMicros", sum(purchases)::text as purchases, sum(units_sold)::text as "unitsSold",
      sum(detail_page_views)::text as "detailPageViews", sum(new_to_brand_sales)::text as "newToBrandProductSalesMicros"
      from ${table}`);
    return { ...row };
  });

function truthOf(amazonId: string, range: { startDate: string; endDate: string }) {
  const truth = sandbox().control.truth({ advertiserId: amazonId, ...range, by: "total" });
  if (!truth) throw new Error("the sandbox knows no such advertiser");
  return truth;
}

test("after connecting, 95 days arrive by themselves, and every total is Amazon's to the last micro", async () => {
  const { ctx, run } = await anOffice();
  const ran = await run();
  expect(ran.filter((name) => name === "insights.request-report")).toHaveLength(4);
  const today = dayIn(zone, start);
  const account = await accountNamed(ctx, advertiser);
  expect(account).toMatchObject({
    state: "current",
    backfill: { done: 4, total: 4, failed: 0 },
    days: { known: 95, planned: 95 },
    firstDay: addDays(today, -94),
    freshness: { dataThrough: today, zones: [zone], partialDay: today },
  });
  const { total } = truthOf(account.amazonId, { startDate: addDays(today, -94), endDate: today });
  for (const table of ["facts", "rollup_campaign_day", "rollup_account_day"] as const) {
    expect(total, table).toMatchObject(await sumOf(ctx, table));
  }
  expect(sandbox().control.calls.list({ operation: "reports.create" })).toHaveLength(4);
});

test("seven days later Amazon's restatement is stored once, and what was shown before is kept", async () => {
  const { ctx, run, moveTo } = await anOffice();
  await run();
  const before = await sumOf(ctx, "facts");
  // The whole settle window is pulled from early morning on: at noon in New York the day's is due.
  const later = new Date(Math.ceil((start.getTime() + 7 * day - noon) / day) * day + noon);
  moveTo(later);
  await planSlots(ctx);
  await run();
  const today = dayIn(zone, later);
  const account = await accountNamed(ctx, advertiser);
  const first = addDays(dayIn(zone, start), -94);
  const { total } = truthOf(account.amazonId, { startDate: first, endDate: today });
  expect(total).toMatchObject(await sumOf(ctx, "rollup_account_day"));
  const revised = await ctx.tx(
    (
      tx,
    ) => tx.sql`select count(*)::int as rows, count(distinct (day, campaign_id, ad_group_id, creative_id))::int as grains,
      min(day)::text as first from fact_revisions`,
  );
  expect(revised[0]?.rows).toBeGreaterThan(100);
  expect(revised[0]?.rows).toBe(revised[0]?.grains);
  // What was shown then is the facts of that time: those not restated since, and the revisions.
  const shown = await ctx.tx(async (tx) => {
    const [row] = await tx.sql`select (
      (select coalesce(sum(total_cost), 0) from facts f where not exists (select from fact_revisions r
        where (r.day, r.campaign_id, r.ad_group_id, r.creative_id) = (f.day, f.campaign_id, f.ad_group_id, f.creative_id))
        and f.day <= ${dayIn(zone, start)})
      + (select sum((fact ->> 'total_cost')::numeric) from fact_revisions))::text as cost`;
    return row?.cost;
  });
  expect(shown).toBe(before.totalCostMicros);
  await planSlots(ctx);
  expect(await run()).toEqual([]);
});

test("the ticks of several processes start each sync once", async () => {
  const { ctx, run, clock } = await anOffice();
  await run();
  clock.advance({ hours: 2 });
  const started = await Promise.all([planSlots(ctx), planSlots(ctx), planSlots(ctx)]);
  const { items } = await ctx.tx((tx) => listSyncRuns(tx, wholeList()));
  expect(started.reduce((sum, count) => sum + count, 0)).toBe(items.filter((one) => one.state === "due").length);
});

test("a throttled or absent Amazon puts the work off, shown as a delay, and nothing is lost", async () => {
  const { ctx, run, clock } = await anOffice();
  sandbox().control.faults.add({ path: "reports.create", status: 429, retryAfter: 30, times: 1 });
  sandbox().control.faults.add({ path: "files.get", status: 503, times: 2 });
  await run(new Date(start.getTime() + 20_000));
  const waiting = await accountNamed(ctx, advertiser);
  expect(waiting).toMatchObject({ state: "delayed", note: expect.stringContaining("Amazon is limiting requests") });
  await run();
  expect(clock().getTime()).toBeGreaterThanOrEqual(start.getTime() + 30_000);
  const account = await accountNamed(ctx, advertiser);
  expect(account).toMatchObject({ state: "current", backfill: { done: 4, total: 4, failed: 0 } });
  const today = dayIn(zone, start);
  const { total } = truthOf(account.amazonId, { startDate: addDays(today, -94), endDate: today });
  expect(total).toMatchObject(await sumOf(ctx, "facts"));
});

test("an answer that was lost after Amazon took the request leads to the same report, not to a second", async () => {
  const { ctx, run } = await anOffice();
  sandbox().control.faults.add({ path: "reports.create", status: 502, afterEffect: true, times: 1 });
  await run();
  expect(await accountNamed(ctx, advertiser)).toMatchObject({ backfill: { done: 4, total: 4 } });
  const answers = sandbox().control.calls.list({ operation: "reports.create" });
  expect(answers.map((call) => call.status).sort()).toEqual([200, 200, 200, 425, 502]);
});

test("a report that is not ready in time is asked for once more, then Amazon is called slow", async () => {
  const { ctx, run, clock } = await anOffice();
  sandbox().control.settings.set({ reportDelaySeconds: 86_400 });
  for (const _request of [1, 2]) {
    await run(new Date(clock().getTime() + 120_000));
    clock.advance({ hours: 3 });
  }
  await run();
  const account = await accountNamed(ctx, advertiser);
  expect(account).toMatchObject({ state: "problem", backfill: { done: 0, total: 4, failed: 4 } });
  expect(account.note).toContain("Amazon is slow: the report is not ready after 3 hours. Asked 2 times");
});

test("a person without report rights is told so, in Amazon's words, and campaigns still come", async () => {
  const { ctx, run } = await anOffice("Chloe");
  await run();
  const refused = (await ctx.tx((tx) => listSyncStatus(tx, wholeList()))).items.filter(
    (one) => one.state === "problem",
  );
  expect(refused.length).toBeGreaterThan(0);
  for (const account of refused) {
    expect(account.note).toMatch(/may not read|Not authorized/);
    expect(account.entitiesSyncedAt).not.toBeNull();
  }
});

test("rows that do not parse are counted on the run and shown with it", async () => {
  const { ctx, run, clock } = await anOffice();
  await run();
  clock.advance({ minutes: 1 });
  const account = await accountNamed(ctx, advertiser);
  const amazon = ctx.services.amazon;
  const { v3 } = amazon.reporting;
  amazon.reporting.v3 = {
    ...v3,
    download: () =>
      (async function* () {
        yield { rows: [{ date: "never" }], rejected: [{ index: 1, text: "{", reason: "not valid JSON" }] };
      })(),
  };
  await syncNow(ctx, { id: account.id });
  await run();
  amazon.reporting.v3 = v3;
  const { items } = await ctx.tx((tx) => listSyncRuns(tx, wholeList()));
  const manual = items.find((one) => one.kind === "manual" && one.subject === "campaign");
  expect(manual).toMatchObject({ state: "done", rowsRead: 2, rowsRejected: 2 });
  const shown = await ctx.tx((tx) => getSyncRun(tx, manual?.id ?? ""));
  expect(shown.rejected).toHaveLength(2);
});

test("asking again within a minute starts nothing, and a stranger may not ask", async () => {
  const { ctx, run, source, agencyId } = await anOffice();
  await run();
  const account = await accountNamed(ctx, advertiser);
  expect(await syncNow(ctx, { id: account.id })).toEqual({ started: 2 });
  expect(await syncNow(ctx, { id: account.id })).toEqual({ started: 0 });
  const elsewhere = await aBrand(db, agencyId);
  const other = aCtx(source, agencyId, { memberships: [{ brandId: elsewhere, role: "ops" }] });
  await expect(syncNow(other, { id: account.id })).rejects.toMatchObject({ code: "not_found" });
});

test("the pages' reads agree with each other and with Amazon", async () => {
  const { ctx, run, agencyId, source } = await anOffice("Ava");
  await run();
  expect(isTx(ctx)).toBe(false);
  const account = await accountNamed(ctx, advertiser);
  const brandId = await aBrand(db, agencyId, "Harbor");
  await assignAccounts(ctx, { accountIds: [account.id], brandId });
  const today = dayIn(zone, start);
  const range = `${addDays(today, -30)}..${addDays(today, -1)}`;
  const truth = truthOf(account.amazonId, { startDate: addDays(today, -30), endDate: addDays(today, -1) });
  const before = truthOf(account.amazonId, { startDate: addDays(today, -60), endDate: addDays(today, -31) });

  const board = await ctx.tx((tx) => getBrandDashboard(tx, brandId, { range }));
  const [section] = board.sections;
  const kpi = (id: string) => section?.kpis.find((one) => one.id === id);
  expect(kpi("spend")).toMatchObject({
    id: "spend",
    value: truth.total.totalCostMicros,
    previous: before.total.totalCostMicros,
  });
  expect(kpi("sales")).toMatchObject({
    id: "sales",
    value: truth.total.salesMicros,
    previous: before.total.salesMicros,
  });
  const daily = section?.days.map((day) => BigInt(String(day.values?.spend)));
  expect(daily?.reduce((sum, one) => sum + one, 0n).toString()).toBe(truth.total.totalCostMicros);
  expect(section?.days).toHaveLength(30);
  expect(section?.previousDays).toHaveLength(30);
  expect(board.settled.traffic.share).toBeCloseTo(28 / 30);
  expect(board.settled.conversions).toEqual({ share: 0, until: addDays(today, 41) });

  const filters = [
    { field: "brandId", operator: "eq" as const, values: [brandId] },
    { field: "range", operator: "eq" as const, values: [range] },
  ];
  for (const id of ["sales", "roas", "spend"]) {
    const asked = [...filters, { field: "metric", operator: "eq" as const, values: [id] }];
    const { items } = await ctx.tx((tx) => listExplanations(tx, { ...wholeList(), filters: asked }));
    const [why] = items;
    expect([why?.before, why?.after]).toEqual([kpi(id)?.previous, kpi(id)?.value]);
    const change = Number(why?.after) - Number(why?.before);
    const sum = (all: { contribution: unknown }[] = []) =>
      all.reduce((whole, one) => whole + Number(one.contribution), 0);
    const size = Math.abs(Number(why?.after)) * 1e-6;
    expect(Math.abs(sum(why?.parts) + Number(why?.rest) - change), id).toBeLessThan(size);
    expect(Math.abs(sum(why?.factors ?? []) - change), id).toBeLessThan(size);
  }
  const query = { ...wholeList(), filters, sort: { field: "roas", order: "desc" as const } };
  const list = await ctx.tx((tx) => listCampaigns(tx, query));
  expect(list.total).toBe(4);
  const roas = list.items.map((one) => one.values.roas);
  expect(roas).toEqual([...roas].sort((a, b) => Number(b ?? -1) - Number(a ?? -1)));
  const totals = await ctx.tx((tx) => listCampaignTotals(tx, query));
  expect(totals.items).toMatchObject([
    { currency: "USD", campaigns: 4, values: { spend: truth.total.totalCostMicros } },
  ]);

  const [first] = list.items;
  const page = await ctx.tx((tx) => getCampaignInsights(tx, first?.id ?? "", { range }));
  expect(page.section.kpis.find((one) => one.id === "spend")?.value).toBe(first?.values.spend);
  const parts = (items: { values: Record<string, unknown> }[]) =>
    items.reduce((sum, one) => sum + BigInt(String(one.values.spend)), 0n).toString();
  expect(parts(page.adGroups)).toBe(first?.values.spend);
  expect(parts(page.creatives)).toBe(first?.values.spend);
  expect(page.flights.length).toBeGreaterThan(0);
  expect(page.adGroups.every((one) => !one.name.startsWith("Ad group "))).toBe(true);

  const home = await ctx.tx(readHome);
  expect(home.journey).toMatchObject({ connections: 1, assigned: 1 });
  expect(home.brands[0]).toMatchObject({ name: "Harbor", state: "current", accounts: 1 });

  const everything = await ctx.tx((tx) => listCampaignTotals(tx, wholeList()));
  expect(everything.items.map((one) => one.currency).sort()).toEqual(["EUR", "USD"]);
  const client = aCtx(source, agencyId, { memberships: [{ brandId, role: "client" }] });
  expect((await client.tx((tx) => listCampaigns(tx, wholeList()))).total).toBe(4);
  const elsewhere = aCtx(source, agencyId, { memberships: [{ brandId: await aBrand(db, agencyId), role: "client" }] });
  expect((await elsewhere.tx((tx) => listCampaigns(tx, wholeList()))).total).toBe(0);
  await expect(elsewhere.tx((tx) => getBrandDashboard(tx, brandId))).rejects.toMatchObject({ code: "not_found" });
});
