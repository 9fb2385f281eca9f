// An answer of AMC beside the DSP's reports of the same advertiser and days, both from one sandbox.
import { expect, test } from "vitest";
import { testSandbox } from "../../tests/support/amazon-user";
import { anAmcOffice } from "../../tests/support/amc-office";
import { aBrand, aCtx } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { assignAccounts } from "../connections/assign-accounts";
import { discoverAccounts } from "../connections/discover-accounts";
import { addDays } from "../insights";
import { collectReportJob, planDiscoveredJob, requestReportJob, syncEntitiesJob } from "../insights/jobs";
import { changeInstance } from "./change-instance";
import type { StartExecution } from "./execution-contract";
import { getInstance } from "./list-instances";
import { getResult } from "./read-result";
import { startExecution } from "./start-execution";

const { db, ownerUrl } = testDatabase();
const small = { brands: 2, campaigns: 6, months: 5, adGroupsPerCampaign: 1, adsPerAdGroup: 2 };
const sandbox = testSandbox({ ...small, amcPeople: 400, amcRunSeconds: 0 });
const moreJobs = [syncEntitiesJob, requestReportJob, collectReportJob, planDiscoveredJob];
const zone = "America/New_York";

/** An office whose instance is cut in the zone of the reports. @param synced whether its reports are there */
async function anOffice({ synced = true } = {}) {
  const office = await anAmcOffice({ db, ownerUrl, sandbox: sandbox(), moreJobs });
  const { ctx, connectionId, run } = office;
  const { id, version } = office.instance;
  await changeInstance(ctx, { id, version, timeZone: zone });
  if (synced) {
    await discoverAccounts(ctx, { connectionId });
    await run();
  }
  const today = office.clock().toISOString().slice(0, 10);
  /** Asks about a week that began so many days ago, and reads what came of it. */
  const ask = async (ago: number, question: Partial<StartExecution>, reader = ctx) => {
    const window = { kind: "days" as const, from: addDays(today, -ago), to: addDays(today, 6 - ago) };
    const asked = await startExecution(ctx, { instanceId: id, window, values: {}, ...question });
    await run();
    return reader.tx((tx) => getResult(tx, asked.id));
  };
  return { ...office, ask };
}

test("what a settled week adds up to is what the reports say, with what thresholds hid, and nothing is left over", async () => {
  const { ask } = await anOffice();
  const costs = await ask(60, { templateId: "campaign-costs" });
  const { measures, obstacles, reasons, reports } = costs.reconciliation;
  expect(obstacles).toEqual([]);
  expect(measures.map(({ column, measure, currency }) => [column, measure, currency])).toEqual([
    ["impressions", "Impressions", null],
    ["cost", "Spend", "USD"],
    ["supply", "Supply cost", "USD"],
    ["audience_fees", "Audience fee", "USD"],
  ]);
  expect(measures.map(({ column, rest }) => [column, rest])).toEqual(measures.map(({ column }) => [column, 0]));
  expect(measures.every(({ reported }) => reported > 0)).toBe(true);
  expect(reasons).toEqual([]);
  expect(reports).toMatchObject({
    campaigns: null,
    freshness: { zones: [zone] },
    settled: { traffic: { until: null } },
  });
  const places = await ask(60, { templateId: "postal-code" });
  expect(places.suppressed.hiddenRows).toBeGreaterThan(0);
  const [impressions, clicks, cost, purchases, sales] = places.reconciliation.measures;
  for (const one of [impressions, clicks, cost, purchases, sales]) expect(one).toMatchObject({ rest: 0 });
  expect(impressions?.hidden).toBeGreaterThan(0);
  expect(impressions?.difference).toBe(impressions?.hidden);
}, 240_000);

test("a run that is narrowed to a campaign is held against the reports of that campaign", async () => {
  const { ask } = await anOffice();
  const all = await ask(60, { templateId: "campaign-delivery" });
  const campaigns = await ask(60, {
    sql: "SELECT campaign_id_string AS id, SUM(impressions) AS n FROM dsp_impressions GROUP BY 1",
  });
  const [id] = campaigns.rows[0] ?? [];
  const one = await ask(60, { templateId: "campaign-delivery", values: { campaigns: [String(id)] } });
  expect(one.reconciliation).toMatchObject({ reports: { campaigns: 1 }, measures: [{ rest: 0 }, { rest: 0 }] });
  const [whole, part] = [all.reconciliation.measures[0], one.reconciliation.measures[0]];
  expect(part?.reported).toBeLessThan(whole?.reported ?? 0);
}, 240_000);

test("a difference that is not hidden is told, with what it may come from", async () => {
  const { ask } = await anOffice();
  const columns = [{ name: "n", label: "Shown", unit: "count" as const, reported: "impressions" as const }];
  const sql = "SELECT campaign, SUM(impressions) AS n FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY 1";
  const { reconciliation } = await ask(60, { sql, columns });
  const [shown] = reconciliation.measures;
  expect(shown?.rest).toBeGreaterThan(0);
  expect(shown?.rest).toBe((shown?.reported ?? 0) - (shown?.shown ?? 0) - (shown?.hidden ?? 0));
  expect(reconciliation.reasons.join(" ")).toContain("not that of a built-in question");
}, 240_000);

test("what cannot be compared is said with its reason, and no number is shown", async () => {
  const office = await anOffice({ synced: false });
  const unknown = await office.ask(60, { templateId: "campaign-costs" });
  const nothing = { measures: [], reports: null };
  expect(unknown.reconciliation).toMatchObject({ ...nothing, obstacles: [expect.stringContaining("no reports")] });
  const overlap = await office.ask(60, { templateId: "overlap" });
  expect(overlap.reconciliation).toMatchObject({ ...nothing, obstacles: [expect.stringContaining("No column")] });
  await discoverAccounts(office.ctx, { connectionId: office.connectionId });
  await office.run();
  const early = await office.ask(120, { templateId: "campaign-costs" });
  expect(early.reconciliation).toMatchObject({
    ...nothing,
    obstacles: [expect.stringContaining("7 of the days have")],
  });
}, 240_000);

test("who may not see money, or not the reports, is told neither", async () => {
  const { ctx, agencyId, source, instance, ask } = await anOffice();
  const brandId = await aBrand(db, agencyId, "Harbor");
  const present = await ctx.tx((tx) => getInstance(tx, instance.id));
  await changeInstance(ctx, { id: instance.id, version: present.version, brandId });
  const seeing = (permissions: string[]) =>
    aCtx(source, agencyId, { memberships: [{ brandId, role: "custom", permissions: permissions as never }] });
  const stranger = await ask(60, { templateId: "campaign-costs" }, seeing(["amc.read", "money.read", "insights.read"]));
  expect(stranger.reconciliation).toMatchObject({ measures: [], reports: null });
  const [advertiser] = present.advertisers;
  const [account] = await ctx.tx(
    (tx) => tx.sql<{ id: string }[]>`select id from accounts where amazon_id = ${advertiser?.id ?? ""}`,
  );
  await assignAccounts(ctx, { accountIds: [account?.id ?? ""], brandId });
  const poor = await ask(60, { templateId: "campaign-costs" }, seeing(["amc.read", "insights.read"]));
  expect(poor.reconciliation.measures.map(({ column }) => column)).toEqual(["impressions"]);
}, 240_000);
