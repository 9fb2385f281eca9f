// No call leaves without saying on whose behalf: the sandbox's own list of calls against the ledger.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningSandbox, startSandbox } from "../../sandbox/index";
import { amazonServices, amazonUser, connected } from "../../tests/support/amazon-user";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { runJobs } from "../../tests/support/run-jobs";
import { createCallLedger, listAccounts } from "../connections";
import { assignAccounts } from "../connections/assign-accounts";
import type { AmazonCall } from "../connections/call-contract";
import { discoverAccountsJob } from "../connections/jobs";
import { listCalls } from "../connections/list-calls";
import { rediscover } from "../connections/rediscover";
import { createLog } from "../core/log";
import { wholeList } from "../core/query";
import { collectReportJob, planDiscoveredJob, requestReportJob, syncEntitiesJob } from "./jobs";
import { syncNow } from "./sync-now";

const { db, ownerUrl } = testDatabase();
const jobs = [discoverAccountsJob, syncEntitiesJob, requestReportJob, collectReportJob, planDiscoveredJob];
const start = new Date();

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, reportDelaySeconds: 0 });
  sandbox.control.clock.set({ now: start.toISOString(), frozen: true });
});
afterAll(() => sandbox?.close());

test("every call of connecting, discovery and sync has its row, with agency, connection, account and brand", async () => {
  const clock = aClock(start);
  const ledger = createCallLedger({ database: db, log: createLog("silent") });
  const services = amazonServices(sandbox, { clock, onCall: ledger.record });
  const source = aSource(db, { clock, jobs, services });
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const run = (wanted: typeof jobs) => runJobs({ ownerUrl, source, agencyId, jobs: wanted, clock });

  const connectionId = await connected(ctx, { userId: amazonUser(sandbox, "Ben").id });
  await run([discoverAccountsJob]);
  const brandId = await aBrand(db, agencyId);
  const { items: accounts } = await ctx.tx((tx) => listAccounts(tx, wholeList()));
  const [advertiser] = accounts.filter(({ kind }) => kind === "dsp_advertiser");
  if (!advertiser) throw new Error("no advertiser was found");
  await assignAccounts(ctx, { accountIds: [advertiser.id], brandId });
  await run(jobs);
  await syncNow(ctx, { id: advertiser.id });
  await run(jobs);
  await rediscover(ctx, { id: connectionId });
  await run([discoverAccountsJob]);
  await ledger.close();

  const rows: AmazonCall[] = [];
  for (let start = 0; ; start += 200) {
    const { items } = await ctx.tx((tx) => listCalls(tx, { ...wholeList(200), start }));
    rows.push(...items);
    if (items.length < 200) break;
  }
  const byRequest = new Map(rows.map((row) => [row.requestId, row]));
  // The consent page is a person's browser at Amazon.
  const made = sandbox.control.calls.list().filter(({ path }) => !path.startsWith("/ap/"));
  expect(made.length).toBeGreaterThan(20);
  expect(rows).toHaveLength(made.length);
  for (const call of made) {
    const row = byRequest.get(call.requestId);
    expect(row, `${call.method} ${call.path}`).toMatchObject({
      method: call.method,
      path: call.path,
      status: call.status,
      region: call.region,
    });
  }
  for (const row of rows) {
    const connecting = row.operation === "lwa.exchangeCode" || row.operation === "lwa.userProfile";
    expect(row.connectionId, row.operation).toBe(connecting ? null : connectionId);
    if (connecting) expect(row.origin).toBe("person: Test person");
    if (row.origin.startsWith("insights.")) {
      expect(row).toMatchObject({ accountId: advertiser.id, accountName: advertiser.name, brandId });
    }
  }
  const origins = new Set(rows.map(({ origin }) => origin));
  const names = [
    "connections.discover",
    "insights.sync-entities",
    "insights.request-report",
    "insights.collect-report",
  ];
  for (const name of names)
    expect(
      [...origins].some((origin) => origin.startsWith(name)),
      name,
    ).toBe(true);
  // The first discovery did not know the account yet; the second says which one it asks for.
  const probes = rows.filter(
    ({ operation, origin }) => operation === "dsp.queryCampaigns" && origin.startsWith("connections.discover"),
  );
  expect(probes.map((row) => [row.accountId, row.brandId])).toEqual([
    [advertiser.id, brandId],
    [null, null],
  ]);
  const downloads = rows.filter(({ operation }) => operation === "reporting.download");
  expect(downloads.length).toBeGreaterThan(0);
});
