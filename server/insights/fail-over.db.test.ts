// What a lost consent means for the syncs that hang on it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { type RunningSandbox, startSandbox } from "../../sandbox/index";
import { ageGrant, amazonServices, amazonUser, connected } from "../../tests/support/amazon-user";
import { aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { runJobs } from "../../tests/support/run-jobs";
import { accessToken, getAccount, getConnection } from "../connections";
import { discoverAccounts } from "../connections/discover-accounts";
import type { Ctx } from "../core/context";
import { wholeList } from "../core/query";
import { addDays, dayIn } from "./date-range";
import { collectReportJob, planDiscoveredJob, requestReportJob, syncEntitiesJob } from "./jobs";
import { listSchedules } from "./list-schedules";
import { listSyncRuns } from "./list-sync-runs";
import { planSlots } from "./plan-slots";
import { listSyncStatus } from "./sync-status";

const { db, ownerUrl } = testDatabase();
const jobs = [syncEntitiesJob, requestReportJob, collectReportJob, planDiscoveredJob];
const coffee = "Harbor & Pine Coffee";

let running: RunningSandbox | undefined;
beforeEach(async () => {
  running = await startSandbox({ port: 0, reportDelaySeconds: 0 });
});
afterEach(() => running?.close());

function sandbox(): RunningSandbox {
  if (!running) throw new Error("the sandbox runs while tests run");
  return running;
}

async function anOffice() {
  const start = new Date();
  sandbox().control.clock.set({ now: start.toISOString(), frozen: true });
  const clock = aClock(start);
  const source = aSource(db, { clock, jobs, services: amazonServices(sandbox(), { clock }) });
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const run = (until?: Date) => runJobs({ ownerUrl, source, agencyId, jobs, clock, until });
  return { ctx, run, clock, start };
}

async function discovered(ctx: Ctx, name: string): Promise<string> {
  const connectionId = await connected(ctx, { userId: amazonUser(sandbox(), name).id });
  await discoverAccounts(ctx, { connectionId });
  return connectionId;
}

async function coffeeOf(ctx: Ctx) {
  const { items } = await ctx.tx((tx) => listSyncStatus(tx, wholeList()));
  const account = items.find(({ name }) => name === coffee);
  if (!account) throw new Error(`no account ${coffee}`);
  return account;
}

/** The Amazon user takes the consent back, and Amazon says so as often as it takes to believe it. */
async function loseConsent(ctx: Ctx, connectionId: string, name: string) {
  sandbox().control.revoke({ userId: amazonUser(sandbox(), name).id });
  for (let asked = 0; asked < 5; asked++) {
    await ageGrant(ctx, connectionId, { expiresInSeconds: -1, rested: true });
    await accessToken(ctx, connectionId, async () => {}).catch(() => {});
    const { state } = await ctx.tx((tx) => getConnection(tx, connectionId));
    if (state === "needs_reconsent") return;
  }
  throw new Error("the consent was not found to be gone");
}

async function storedOf(ctx: Ctx, accountId: string) {
  return ctx.tx(async (tx) => {
    const [row] = await tx.sql`select sum(impressions)::text as impressions, sum(total_cost)::text as "totalCostMicros",
      sum(purchases)::text as purchases from facts where account_id = ${accountId}`;
    return { ...row };
  });
}

test("a report asked for through one Amazon user is collected through another when the first withdraws, to the last micro", async () => {
  const { ctx, run, clock, start } = await anOffice();
  const ava = await discovered(ctx, "Ava");
  const ben = await discovered(ctx, "Ben");
  sandbox().control.settings.set({ reportDelaySeconds: 600 });
  await run(new Date(start.getTime() + 30_000));
  const { id, amazonId } = await coffeeOf(ctx);
  const requested = async () =>
    (await ctx.tx((tx) => listSyncRuns(tx, wholeList()))).items.filter(
      (one) => one.accountId === id && one.state === "requested",
    );
  expect(await requested()).toHaveLength(4);
  const asked = sandbox().control.calls.list({ operation: "reports.create" }).length;

  await loseConsent(ctx, ava, "Ava");
  expect(await ctx.tx((tx) => getAccount(tx, id))).toMatchObject({ connectionId: ben });
  sandbox().control.settings.set({ reportDelaySeconds: 0 });
  clock.advance({ minutes: 15 });
  sandbox().control.clock.set({ now: clock().toISOString(), frozen: true });
  // The accounts that nobody else reaches go on waiting.
  await run(new Date(clock().getTime() + 120_000));

  const account = await coffeeOf(ctx);
  expect(account).toMatchObject({ state: "current", backfill: { done: 4, total: 4, failed: 0 } });
  expect(sandbox().control.calls.list({ operation: "reports.create" })).toHaveLength(asked);
  const endDate = dayIn("America/New_York", start);
  const truth = sandbox().control.truth({
    advertiserId: amazonId,
    startDate: addDays(endDate, -94),
    endDate,
    // As they were asked for: the other Amazon user only fetches them.
    asOf: start.toISOString(),
    by: "total",
  });
  expect(truth?.total).toMatchObject(await storedOf(ctx, id));
});

test("what only the lost consent reached waits, keeps its numbers and schedules, and goes on after a new consent", async () => {
  const { ctx, run, clock } = await anOffice();
  const ava = await discovered(ctx, "Ava");
  await run();
  const before = await coffeeOf(ctx);
  const [stored, schedules] = [await storedOf(ctx, before.id), await ctx.tx((tx) => listSchedules(tx))];
  const runs = (await ctx.tx((tx) => listSyncRuns(tx, wholeList()))).items.map(({ id }) => id);
  await loseConsent(ctx, ava, "Ava");
  clock.advance({ hours: 2 });
  expect(await planSlots(ctx)).toBe(0);
  expect(await coffeeOf(ctx)).toMatchObject({
    state: "problem",
    note: expect.stringContaining("No healthy connection"),
  });

  expect(await connected(ctx, { userId: amazonUser(sandbox(), "Ava").id })).toBe(ava);
  const after = await coffeeOf(ctx);
  expect(after).toMatchObject({ id: before.id, backfill: before.backfill, days: before.days });
  expect(await storedOf(ctx, before.id)).toEqual(stored);
  expect(await ctx.tx((tx) => listSchedules(tx))).toEqual(schedules);
  const kept = (await ctx.tx((tx) => listSyncRuns(tx, wholeList()))).items.map(({ id }) => id);
  expect(kept).toEqual(expect.arrayContaining(runs));
  expect(await planSlots(ctx)).toBeGreaterThan(0);
});

test("an account's schedules are told in words, also how often", async () => {
  const { ctx, run } = await anOffice();
  await discovered(ctx, "Ben");
  await run();
  const { id } = await coffeeOf(ctx);
  expect((await ctx.tx((tx) => listSchedules(tx)))[id]).toEqual([
    { what: "Campaigns and their settings", often: "every hour" },
    { what: "Campaign performance", often: "every hour" },
    { what: expect.stringMatching(/^Reports by supply, audience, product/), often: "once a day" },
  ]);
  await ctx.tx((tx) => tx.sql`update accounts set report_pulls_per_day = 2 where id = ${id}`);
  expect((await ctx.tx((tx) => listSchedules(tx, { accountIds: [id] })))[id]).toContainEqual({
    what: "Campaign performance",
    often: "twice a day",
  });
});
