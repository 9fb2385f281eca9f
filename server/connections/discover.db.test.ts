import postgres from "postgres";
import { expect, test } from "vitest";
import { z } from "zod";
import { amazonServices, amazonUser, connected, testSandbox } from "../../tests/support/amazon-user";
import { connectionProcess } from "../../tests/support/connection-process";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import type { Ctx } from "../core/context";
import { defineJob } from "../core/jobs/define";
import { wholeList } from "../core/query";
import { connectionFor, getConnection, listAccounts, listSyncableAccounts, recordCapability } from ".";
import { assignAccounts } from "./assign-accounts";
import { accountsDiscovered } from "./contract";
import { disconnect } from "./disconnect";
import { discoverAccounts } from "./discover-accounts";
import { rediscoverTick } from "./jobs";
import { rediscover } from "./rediscover";

const { db, appUrl, ownerUrl } = testDatabase();
const sandbox = testSandbox();

const listener = defineJob({
  name: "test.accounts-discovered",
  input: z.object({ accountIds: z.array(z.uuid()) }),
  on: [accountsDiscovered],
  run: async () => {},
});

async function anAgencyCtx() {
  const clock = aClock(new Date());
  const source = aSource(db, { clock, jobs: [listener], services: amazonServices(sandbox(), { clock }) });
  const agencyId = await anAgency(db);
  return { ctx: aCtx(source, agencyId, { memberships: asOwner }), clock, source, agencyId };
}

const idOf = (name: string) => ({ userId: amazonUser(sandbox(), name).id });
const accountsOf = async (ctx: Ctx) => (await ctx.tx((tx) => listAccounts(tx, wholeList()))).items;
const advertisersOf = async (ctx: Ctx) =>
  (await accountsOf(ctx)).filter((account) => account.kind === "dsp_advertiser");
const discoveryOf = async (ctx: Ctx, id: string) => (await ctx.tx((tx) => getConnection(tx, id))).discovery;

/** Inputs of the jobs of this name that wait for the agency. */
async function waitingFor(agencyId: string, name: string): Promise<unknown[]> {
  const owner = postgres(ownerUrl, { max: 1 });
  const rows = await owner<{ payload: { agencyId: string; input: unknown } }[]>`
    select j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = ${name}`;
  await owner.end();
  return rows.filter((row) => row.payload.agencyId === agencyId).map((row) => row.payload.input);
}

test("everything the Amazon user sees in three regions is found, with what may be done and why not", async () => {
  const { ctx } = await anAgencyCtx();
  const id = await connected(ctx, idOf("Ava"));
  await discoverAccounts(ctx, { connectionId: id });
  expect(await discoveryOf(ctx, id)).toMatchObject({
    NA: { state: "done", profiles: 2, entities: 1, advertisers: 2 },
    EU: { state: "done", profiles: 1, entities: 1, advertisers: 1 },
    FE: { state: "done", profiles: 0, entities: 0, advertisers: 0 },
  });
  const accounts = await accountsOf(ctx);
  expect(accounts.map((account) => [account.kind, account.name]).sort()).toEqual([
    ["dsp_advertiser", "Alpenherz Naturkost"],
    ["dsp_advertiser", "Harbor & Pine Coffee"],
    ["dsp_advertiser", "Lumen Trail Outdoor"],
    ["dsp_entity", "Northlight Media DE"],
    ["dsp_entity", "Northlight Media US"],
    ["profile", expect.any(String)],
  ]);
  const coffee = accounts.find((account) => account.name.startsWith("Harbor"));
  expect(coffee).toMatchObject({
    region: "NA",
    currency: "USD",
    timeZone: "America/New_York",
    brandId: null,
    capabilities: {
      campaigns: { ok: true },
      reports: { ok: true, unproven: true },
      write: { ok: true, unproven: true },
    },
    connections: [{ id, name: "Ava Brandt", state: "healthy" }],
  });
  for (const account of accounts.filter((each) => each.kind !== "dsp_advertiser")) {
    expect(account.capabilities.campaigns).toMatchObject({ ok: false, reason: expect.any(String) });
  }
});

test("a profile id beyond 2^53 is kept to the last digit", async () => {
  const { ctx } = await anAgencyCtx();
  const id = await connected(ctx, idOf("Ava"));
  await discoverAccounts(ctx, { connectionId: id });
  const truth = sandbox().control.world().advertisers[0];
  const syncable = await ctx.tx((tx) => listSyncableAccounts(tx));
  expect(syncable.find((account) => account.amazonId === truth?.advertiserId)).toMatchObject({
    profileId: truth?.profileId,
    entityId: truth?.entityId,
    region: "NA",
  });
});

test("two Amazon users who see one account: it is shown once, with the best of both", async () => {
  const { ctx } = await anAgencyCtx();
  const ben = await connected(ctx, idOf("Ben"));
  await discoverAccounts(ctx, { connectionId: ben });
  expect(await advertisersOf(ctx)).toHaveLength(1);
  const chloe = await connected(ctx, idOf("Chloe"));
  const ava = await connected(ctx, idOf("Ava"));
  await discoverAccounts(ctx, { connectionId: chloe });
  const seenByChloe = (await advertisersOf(ctx)).find((account) => account.name.startsWith("Lumen"));
  expect(seenByChloe?.capabilities).toMatchObject({
    campaigns: { ok: true },
    write: { ok: false, reason: expect.stringContaining("only view") },
  });
  await discoverAccounts(ctx, { connectionId: ava });
  const advertisers = await advertisersOf(ctx);
  expect(advertisers).toHaveLength(3);
  const shared = advertisers.find((account) => account.name.startsWith("Harbor"));
  expect(shared?.connections.map((connection) => connection.name)).toEqual(["Ava Brandt", "Ben Ortiz"]);
  const lumen = advertisers.find((account) => account.name.startsWith("Lumen"));
  expect(lumen?.capabilities.write).toMatchObject({ ok: true });
  expect(await ctx.tx((tx) => connectionFor(tx, lumen?.id ?? "", "write"))).toMatchObject({ connectionId: ava });
});

test("discovering again changes nothing, and higher slices hear of an account once", async () => {
  const { ctx, agencyId } = await anAgencyCtx();
  const id = await connected(ctx, idOf("Ava"));
  await discoverAccounts(ctx, { connectionId: id });
  const first = await accountsOf(ctx);
  await discoverAccounts(ctx, { connectionId: id });
  expect(await accountsOf(ctx)).toEqual(first);
  const heard = await waitingFor(agencyId, listener.name);
  const ids = heard.flatMap((input) => (input as { accountIds: string[] }).accountIds);
  expect(ids.sort()).toEqual((await advertisersOf(ctx)).map((account) => account.id).sort());
});

test("a region that is down is told and tried again by itself; the others do not wait for it", async () => {
  const { ctx, clock, agencyId } = await anAgencyCtx();
  const id = await connected(ctx, idOf("Ava"));
  const fault = sandbox().control.faults.add({ path: "/v2/profiles", region: "EU", status: 503 });
  await discoverAccounts(ctx, { connectionId: id });
  expect(await discoveryOf(ctx, id)).toMatchObject({
    NA: { state: "done", advertisers: 2 },
    EU: { state: "failed", reason: expect.stringContaining("could not be reached"), nextTryAt: expect.any(String) },
    FE: { state: "done" },
  });
  const again = (await waitingFor(agencyId, "connections.discover")).find((input) => "attempt" in (input as object));
  expect(again).toEqual({ connectionId: id, regions: ["EU"], attempt: 1 });
  sandbox().control.faults.clear(fault.id);
  clock.advance({ minutes: 1 });
  await discoverAccounts(ctx, again as { connectionId: string; regions: ["EU"]; attempt: number });
  const after = await discoveryOf(ctx, id);
  expect(after.EU).toMatchObject({ state: "done", advertisers: 1 });
  expect(after.EU.reason).toBeUndefined();
  expect(await advertisersOf(ctx)).toHaveLength(3);
});

test("a region that refuses the application is told with a remedy and not asked again", async () => {
  const { ctx, agencyId } = await anAgencyCtx();
  const id = await connected(ctx, idOf("Ava"));
  const fault = sandbox().control.faults.add({ path: "/v2/profiles", region: "FE", status: 403 });
  await discoverAccounts(ctx, { connectionId: id });
  sandbox().control.faults.clear(fault.id);
  const { FE } = await discoveryOf(ctx, id);
  expect(FE).toMatchObject({ state: "failed", reason: expect.stringContaining("403"), remedy: expect.any(String) });
  expect(FE.nextTryAt).toBeUndefined();
  expect((await waitingFor(agencyId, "connections.discover")).some((input) => "attempt" in (input as object))).toBe(
    false,
  );
});

test("an advertiser whose campaigns are refused is shown with Amazon's reason, and is not synced", async () => {
  const { ctx } = await anAgencyCtx();
  const id = await connected(ctx, idOf("Ben"));
  const fault = sandbox().control.faults.add({
    path: "/adsApi/v1/query/campaigns",
    status: 403,
    body: { code: "FORBIDDEN", message: "Not entitled" },
  });
  await discoverAccounts(ctx, { connectionId: id });
  const [refused] = await advertisersOf(ctx);
  expect(refused?.capabilities.campaigns).toMatchObject({ ok: false, reason: expect.stringContaining("Not entitled") });
  expect(await ctx.tx((tx) => listSyncableAccounts(tx))).toEqual([]);
  sandbox().control.faults.clear(fault.id);
  await discoverAccounts(ctx, { connectionId: id });
  expect(await ctx.tx((tx) => listSyncableAccounts(tx))).toHaveLength(1);
});

test("an advertiser in a time zone that nobody knows is shown with the reason, and holds up no other", async () => {
  const { ctx } = await anAgencyCtx();
  const { accounts } = ctx.services.amazon;
  const { listAdvertisers } = accounts;
  accounts.listAdvertisers = async (input) =>
    (await listAdvertisers(input)).map((one, index) => (index === 0 ? { ...one, timezone: "Mars/Olympus" } : one));
  await discoverAccounts(ctx, { connectionId: await connected(ctx, idOf("Ava")) });
  const adrift = (await advertisersOf(ctx)).filter((account) => !account.capabilities.reports.ok);
  expect(adrift.map((account) => account.region).sort()).toEqual(["EU", "NA"]);
  expect(adrift[0]?.capabilities.reports.reason).toContain("Mars/Olympus");
  expect(await ctx.tx((tx) => listSyncableAccounts(tx))).toHaveLength(1);
});

test("a probe that Amazon throttles does not hide the account", async () => {
  const { ctx } = await anAgencyCtx();
  const id = await connected(ctx, idOf("Ben"));
  const fault = sandbox().control.faults.add({ path: "/adsApi/v1/query/campaigns", status: 429, retryAfter: 60 });
  await discoverAccounts(ctx, { connectionId: id });
  sandbox().control.faults.clear(fault.id);
  const [account] = await advertisersOf(ctx);
  expect(account?.capabilities.campaigns).toMatchObject({ ok: true, unproven: true });
  expect((await discoveryOf(ctx, id)).NA.state).toBe("done");
});

test("a process killed in the middle of a discovery loses nothing: the next run ends with the same accounts", async () => {
  const { ctx, agencyId } = await anAgencyCtx();
  const id = await connected(ctx, idOf("Ava"));
  const place = { appUrl, agencyId, sandbox: sandbox() };
  const child = connectionProcess(place, { kind: "discover", connectionId: id }, "discover.region");
  await child.ready;
  child.go();
  expect(await child.result()).toBeNull();
  await discoverAccounts(ctx, { connectionId: id });
  expect(await accountsOf(ctx)).toHaveLength(6);
  expect(await discoveryOf(ctx, id)).toMatchObject({
    NA: { state: "done" },
    EU: { state: "done" },
    FE: { state: "done" },
  });
}, 30_000);

test("disconnecting keeps accounts and brands, says what is no longer reached, and coming back restores it", async () => {
  const { ctx, agencyId } = await anAgencyCtx();
  const ava = await connected(ctx, idOf("Ava"));
  const ben = await connected(ctx, idOf("Ben"));
  await discoverAccounts(ctx, { connectionId: ava });
  await discoverAccounts(ctx, { connectionId: ben });
  const brandId = await aBrand(db, agencyId);
  const before = await advertisersOf(ctx);
  await assignAccounts(ctx, { accountIds: before.map((account) => account.id), brandId });
  expect(await ctx.tx((tx) => getConnection(tx, ava))).toMatchObject({ accounts: 6, accountsOnlyHere: 4 });
  expect(await disconnect(ctx, { id: ava })).toMatchObject({ accountsUnreached: 4 });
  const after = await advertisersOf(ctx);
  expect(after.map((account) => account.brandId)).toEqual([brandId, brandId, brandId]);
  const reachable = after.filter((account) => account.capabilities.campaigns.ok);
  expect(reachable.map((account) => account.name)).toEqual(["Harbor & Pine Coffee"]);
  for (const account of after.filter((each) => !reachable.includes(each))) {
    expect(account.capabilities.campaigns).toMatchObject({
      reason: expect.stringContaining("No connection reaches"),
      remedy: expect.any(String),
    });
  }
  expect(await ctx.tx((tx) => listSyncableAccounts(tx))).toHaveLength(1);
  await discoverAccounts(ctx, { connectionId: ava });
  expect((await advertisersOf(ctx)).filter((account) => account.capabilities.campaigns.ok)).toHaveLength(1);
  expect(await connected(ctx, idOf("Ava"))).toBe(ava);
  await discoverAccounts(ctx, { connectionId: ava });
  expect(await ctx.tx((tx) => listSyncableAccounts(tx))).toHaveLength(3);
  expect((await advertisersOf(ctx)).map((account) => account.brandId)).toEqual([brandId, brandId, brandId]);
});

test("what a first report shows is kept on the account", async () => {
  const { ctx } = await anAgencyCtx();
  const connectionId = await connected(ctx, idOf("Ben"));
  await discoverAccounts(ctx, { connectionId });
  const [account] = await advertisersOf(ctx);
  const accountId = account?.id ?? "";
  const capability = { ok: false, reason: "Amazon refused a report." };
  await ctx.tx((tx) => recordCapability(tx, { accountId, connectionId, name: "reports", capability }));
  expect((await advertisersOf(ctx))[0]?.capabilities).toMatchObject({ reports: capability, campaigns: { ok: true } });
  expect(await ctx.tx((tx) => connectionFor(tx, accountId, "reports"))).toBeNull();
});

test("a day later a connection is looked through again by itself, once however many processes ask", async () => {
  const { ctx, clock, source, agencyId } = await anAgencyCtx();
  const id = await connected(ctx, idOf("Ava"));
  await discoverAccounts(ctx, { connectionId: id });
  const before = (await waitingFor(agencyId, "connections.discover")).length;
  const system = aCtx(source, agencyId);
  clock.advance({ hours: 23 });
  await rediscoverTick.run(system);
  expect(await waitingFor(agencyId, "connections.discover")).toHaveLength(before);
  clock.advance({ hours: 2 });
  await Promise.all([rediscoverTick.run(system), rediscoverTick.run(system)]);
  expect((await waitingFor(agencyId, "connections.discover")).at(-1)).toEqual({ connectionId: id });
  expect((await waitingFor(agencyId, "connections.discover")).length).toBeLessThanOrEqual(before + 1);
});

test("a disconnected connection cannot be discovered again, and another agency's is not found", async () => {
  const { ctx } = await anAgencyCtx();
  const { ctx: stranger } = await anAgencyCtx();
  const id = await connected(ctx, idOf("Ben"));
  await expect(rediscover(stranger, { id })).rejects.toMatchObject({ code: "not_found" });
  await expect(disconnect(stranger, { id })).rejects.toMatchObject({ code: "not_found" });
  expect(await rediscover(ctx, { id })).toEqual({ id });
  await disconnect(ctx, { id });
  await expect(rediscover(ctx, { id })).rejects.toMatchObject({ code: "precondition" });
});
