// The reports that split delivery, from the tick to the facts, against the sandbox.
import { afterEach, beforeEach, expect, test } from "vitest";
import { type RunningSandbox, startSandbox } from "../../sandbox/index";
import { amazonServices, amazonUser, connected } from "../../tests/support/amazon-user";
import { aClock, aCtx, anAgency, aSource, asOwner, nextAfternoon } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { runJobs } from "../../tests/support/run-jobs";
import { discoverAccounts } from "../connections/discover-accounts";
import { wholeList } from "../core/query";
import { addDays, dayIn } from "./date-range";
import { collectReportJob, planDiscoveredJob, requestReportJob, syncEntitiesJob } from "./jobs";
import { listSyncRuns } from "./list-sync-runs";
import { planReports } from "./plan-reports";
import { breakdownTypes } from "./report-types";
import { listSyncStatus } from "./sync-status";

const { db, ownerUrl } = testDatabase();
const jobs = [syncEntitiesJob, requestReportJob, collectReportJob, planDiscoveredJob];
const zone = "America/New_York";
const dayMs = 86_400_000;
let start = nextAfternoon();
let amazon: RunningSandbox;

beforeEach(async () => {
  start = nextAfternoon();
  amazon = await startSandbox({ port: 0, reportDelaySeconds: 0, brands: 1, campaigns: 2 });
  amazon.control.settings.set({ accessTokenSeconds: 1e7 });
  amazon.control.clock.set({ now: start.toISOString(), frozen: true });
});
afterEach(() => amazon.close());

async function anOffice() {
  const clock = aClock(start);
  const source = aSource(db, { clock, jobs, services: amazonServices(amazon, { clock }) });
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  await discoverAccounts(ctx, { connectionId: await connected(ctx, { userId: amazonUser(amazon, "Ben").id }) });
  const run = () => runJobs({ ownerUrl, source, agencyId, jobs, clock });
  const runs = async () => (await ctx.tx((tx) => listSyncRuns(tx, wholeList(1000)))).items;
  /** Ticks until nothing more is due. @returns the types in the order in which they came */
  const everything = async () => {
    const order: string[] = [];
    while ((await planReports(ctx)) > 0) {
      const open = (await runs()).filter(({ state }) => state === "due");
      order.push([...new Set(open.map(({ subject }) => subject))].join());
      await run();
    }
    return order;
  };
  /** To noon in New York, that many days later: after the hour of the daily pulls. */
  const moveBy = (days: number) => {
    const moment = new Date(Math.floor(start.getTime() / dayMs + days) * dayMs + 17 * 3_600_000);
    clock.set(moment);
    amazon.control.clock.set({ now: moment.toISOString(), frozen: true });
    return dayIn(zone, moment);
  };
  return { ctx, run, runs, everything, moveBy };
}

const sums = (ctx: Awaited<ReturnType<typeof anOffice>>["ctx"]) =>
  ctx.tx(
    (tx) => tx.sql<{ type: string; impressions: string; rows: number; first: string; last: string }[]>`
      select report_type as type, sum(impressions)::text as impressions, count(*)::int as rows, min(day)::text as first,
        max(day)::text as last from facts group by 1`,
  );

test("the reports follow the campaign's one type after another, and catch up after standing still", async () => {
  const { ctx, run, runs, everything, moveBy } = await anOffice();
  expect(await planReports(ctx)).toBe(0);
  await run();
  const order = await everything();
  expect(order).toEqual(breakdownTypes.map(({ id }) => id));
  const all = await runs();
  expect(all.filter(({ state, rowsRejected }) => state !== "done" || rowsRejected > 0)).toEqual([]);
  const today = dayIn(zone, start);
  const found = new Map((await sums(ctx)).map((row) => [row.type, row]));
  for (const { id, period, metrics } of breakdownTypes) {
    const row = found.get(id);
    expect([id, (row?.rows ?? 0) > 0]).toEqual([id, true]);
    if (period !== "day" || !metrics.includes("impressions")) continue;
    expect(row).toMatchObject({
      first: addDays(today, -94),
      last: today,
      impressions: found.get("campaign")?.impressions,
    });
  }
  const [account] = (await ctx.tx((tx) => listSyncStatus(tx, wholeList()))).items;
  expect(account).toMatchObject({
    state: "current",
    backfill: { done: 4, total: 4 },
    days: { known: 95, planned: 95 },
  });
  expect(all.filter(({ subject }) => subject === "campaign")).toHaveLength(4);

  // Standing still for longer than the window: the day's pull has it once a type, then the days behind it.
  const before = (await runs()).length;
  const later = moveBy(60);
  await planReports(ctx);
  expect(await planReports(ctx)).toBe(0);
  const present = await runs();
  const pulls = present.slice(0, present.length - before);
  const asked = (kind: string, id: string) =>
    pulls.filter((one) => one.kind === kind && one.subject === id).map(({ range }) => [range?.from, range?.to]);
  const days = (from: number, to: number) => [addDays(later, from), addDays(later, to)];
  for (const id of ["inventory", "audience", "product", "geo", "tech"]) {
    expect([id, asked("settle", id).sort()]).toEqual([id, [days(-41, -31), days(-30, 0)]]);
    expect([id, asked("catchup", id)[0]?.[1]]).toEqual([id, days(0, -43)[1]]);
  }
  expect(asked("settle", "bidAdjustment")).toEqual([days(-2, 0)]);
  for (const [from, to] of [...asked("settle", "reachFrequency"), ...asked("catchup", "reachFrequency")]) {
    expect([from?.slice(8), to?.slice(0, 7)]).toEqual(["01", from?.slice(0, 7)]);
  }
}, 90_000);

test("a type that Amazon refuses says why, is asked for once a day, and holds up no other", async () => {
  const { ctx, run, runs, moveBy } = await anOffice();
  await run();
  const asked = () =>
    amazon.control.calls.list({ operation: "reports.create" }).filter(({ status }) => status === 403).length;
  amazon.control.faults.add({ path: "reports.create", status: 403, times: 1 });
  // The older dialect, where supply is asked for next, does not know the account.
  amazon.control.faults.add({ path: "legacy.reports.create", status: 404, times: 1 });
  for (const _type of ["inventory", "audience"]) {
    await planReports(ctx);
    await run();
  }
  expect(asked()).toBe(1);
  const refused = (await runs()).filter(({ state }) => state === "failed");
  expect(refused.map(({ subject }) => subject)).toEqual(["inventory", "inventory", "inventory", "inventory"]);
  expect(new Set(refused.map(({ note }) => note)).size).toBe(1);
  expect((await sums(ctx)).map(({ type }) => type).sort()).toEqual(["audience", "campaign"]);
  const [account] = (await ctx.tx((tx) => listSyncStatus(tx, wholeList()))).items;
  expect(account).toMatchObject({ state: "current", note: null });
  const today = moveBy(1);
  await planReports(ctx);
  await run();
  expect((await sums(ctx)).find(({ type }) => type === "inventory")?.last).toBe(today);
});
