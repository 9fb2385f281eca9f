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
import { syncNow } from "./sync-now";
import { listSyncStatus } from "./sync-status";

const { db, ownerUrl } = testDatabase();
const jobs = [syncEntitiesJob, requestReportJob, collectReportJob, planDiscoveredJob];
let start = nextAfternoon();
let amazon: RunningSandbox;

beforeEach(async () => {
  start = nextAfternoon();
  amazon = await startSandbox({ port: 0, reportDelaySeconds: 0 });
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
  const account = async () => {
    const { items } = await ctx.tx((tx) => listSyncStatus(tx, wholeList()));
    const [one] = items;
    if (!one || items.length > 1) throw new Error("Ben sees one advertiser");
    return one;
  };
  return { ctx, clock, run, account };
}

test("an account without the present reports gets the older ones, for as many days as these reach back", async () => {
  amazon.control.faults.add({ path: "reports.create", status: 403 });
  const { ctx, run, account } = await anOffice();
  await run();
  const { freshness, ...synced } = await account();
  expect(synced).toMatchObject({
    backfill: { done: 4, total: 4, failed: 0 },
    days: { known: 90 },
    firstDay: addDays(dayIn(freshness.zones[0] ?? "", start), -89),
  });
  const { items } = await ctx.tx((tx) => listSyncRuns(tx, wholeList()));
  expect(items.map((one) => one.note)).toContain("These days are older than Amazon keeps reports for.");
});

test("a report that Amazon had made already counts from when it was first asked for", async () => {
  const { ctx, clock, run, account } = await anOffice();
  await run();
  const { id } = await account();
  clock.advance({ minutes: 1 });
  const first = clock().toISOString();
  await syncNow(ctx, { id });
  await run();
  clock.advance({ minutes: 1 });
  await syncNow(ctx, { id });
  await run();
  const answers = amazon.control.calls.list({ operation: "reports.create" });
  expect(answers.map((call) => call.status).sort()).toEqual([200, 200, 200, 200, 200, 425]);
  expect((await account()).freshness.syncedAt).toBe(first);
});
