import { expect, test } from "vitest";
import { amazonServices, amazonUser, connected, testSandbox } from "../../tests/support/amazon-user";
import { aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { runJobs } from "../../tests/support/run-jobs";
import { discoverAccounts } from "../connections/discover-accounts";
import { wholeList } from "../core/query";
import { collectReportJob, planDiscoveredJob, requestReportJob, syncEntitiesJob } from "./jobs";
import { listSyncStatus } from "./sync-status";

const { db, ownerUrl } = testDatabase();
const sandbox = testSandbox({ reportDelaySeconds: 600 });
const jobs = [syncEntitiesJob, requestReportJob, collectReportJob, planDiscoveredJob];

test("a 401 while reports are polled fetches one new token for all of them, and every run goes on", async () => {
  const { clock: amazonClock, calls } = sandbox().control;
  const clock = aClock(new Date());
  const source = aSource(db, { clock, jobs, services: amazonServices(sandbox(), { clock }) });
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  amazonClock.set({ now: clock().toISOString(), frozen: true });
  const connectionId = await connected(ctx, { userId: amazonUser(sandbox(), "Ben").id });
  await discoverAccounts(ctx, { connectionId });
  const run = (until?: Date) => runJobs({ ownerUrl, source, agencyId, jobs, clock, until });

  await run(new Date(clock().getTime() + 60_000));
  const polls = () => calls.counts({ operation: "reports.get", by: "status" });
  expect(polls()[200]).toBeGreaterThan(0);
  expect(polls()[401]).toBeUndefined();

  // At Amazon the token is over, while our own clock still takes it for good.
  const tokensBefore = calls.counts()["lwa.token"] ?? 0;
  amazonClock.set({ advanceSeconds: 3601, frozen: true });
  await run();
  expect(polls()[401]).toBe(1);
  expect(calls.counts()["lwa.token"]).toBe(tokensBefore + 1);
  const { items } = await ctx.tx((tx) => listSyncStatus(tx, wholeList()));
  expect(items).toMatchObject([{ state: "current", backfill: { done: 4, total: 4, failed: 0 } }]);
  expect(calls.counts({ operation: "reports.create", by: "status" })).toEqual({ 200: 4 });
});
