import { afterEach, expect, test } from "vitest";
import { amazonServices, amazonUser, connected, testSandbox } from "../../tests/support/amazon-user";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import type { Ctx } from "../core/context";
import { wholeList } from "../core/query";
import { connectionFor, listAccounts } from ".";
import { assignAccounts } from "./assign-accounts";
import type { Account, CapabilityName } from "./contract";
import { disconnect } from "./disconnect";
import { discoverAccounts } from "./discover-accounts";
import { probeAccountJob } from "./jobs";
import { probeAccount } from "./probe-account";

const { db } = testDatabase();
const sandbox = testSandbox();
afterEach(() => sandbox().control.faults.clear());

async function discovered(...users: string[]) {
  const clock = aClock(new Date());
  const services = amazonServices(sandbox(), { clock });
  const source = aSource(db, { clock, services, jobs: [probeAccountJob] });
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const connections: string[] = [];
  for (const name of users) {
    const connectionId = await connected(ctx, { userId: amazonUser(sandbox(), name).id });
    await discoverAccounts(ctx, { connectionId });
    connections.push(connectionId);
  }
  const as = (role: "lead" | "ops", brandId: string) => aCtx(source, agencyId, { memberships: [{ brandId, role }] });
  return { ctx, clock, agencyId, connectionId: connections[0] ?? "", as };
}

const accountsOf = async (ctx: Ctx) => (await ctx.tx((tx) => listAccounts(tx, wholeList()))).items;

async function account(ctx: Ctx, name: string): Promise<Account> {
  const found = (await accountsOf(ctx)).find((one) => one.name.startsWith(name));
  if (!found) throw new Error(`no account ${name}`);
  return found;
}

const capability = async (ctx: Ctx, name: string, of: CapabilityName) => (await account(ctx, name)).capabilities[of];

test("AMC is found for each advertiser: through its instance, or with the exact reason why not", async () => {
  const { ctx } = await discovered("Ava");
  expect((await account(ctx, "Harbor")).capabilities).toMatchObject({
    amc: { ok: true, reason: 'Reachable through the AMC instance "Harbor Pine Coffee".' },
    audiences: { ok: true, unproven: true },
  });
  expect((await account(ctx, "Lumen")).capabilities).toMatchObject({
    amc: { ok: false, reason: expect.stringMatching(/^No AMC instance holds this advertiser/) },
    audiences: { ok: false, reason: expect.stringMatching(/^Audiences are made in AMC/) },
  });
  expect(await capability(ctx, "Alpenherz", "amc")).toMatchObject({
    ok: false,
    reason: expect.stringContaining("terms and conditions of AMC are not accepted"),
    remedy: expect.stringContaining("accept"),
  });
});

test("a user without AMC rights is told so, and another who has them makes up for it", async () => {
  const { ctx } = await discovered("Ben");
  expect(await capability(ctx, "Harbor", "amc")).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^No AMC account for this entity/),
  });
  const ava = await connected(ctx, { userId: amazonUser(sandbox(), "Ava").id });
  await discoverAccounts(ctx, { connectionId: ava });
  expect(await capability(ctx, "Harbor", "amc")).toMatchObject({ ok: true });
});

test.each([[{ status: 429, retryAfter: 60 }], [{ status: 503 }], [{ body: "<html>", contentType: "text/html" }]])(
  "AMC under the fault %j keeps what was known and says since when it is unchecked",
  async (fault) => {
    const { ctx, clock, connectionId } = await discovered("Ava");
    const { probedAt } = await account(ctx, "Harbor");
    const before = await capability(ctx, "Harbor", "amc");
    clock.advance({ hours: 24 });
    sandbox().control.faults.add({ path: "/amc/*", ...fault });
    await discoverAccounts(ctx, { connectionId });
    expect(await capability(ctx, "Harbor", "amc")).toEqual({ ...before, uncheckedSince: probedAt });
    expect(await capability(ctx, "Lumen", "amc")).toMatchObject({ ok: false, uncheckedSince: probedAt });
    sandbox().control.faults.clear();
    clock.advance({ hours: 24 });
    await discoverAccounts(ctx, { connectionId });
    expect(await capability(ctx, "Harbor", "amc")).toEqual(before);
  },
);

test.each([401, 403, 404])(
  "AMC accounts that Amazon refuses with %i are a reason, and hide no account",
  async (status) => {
    sandbox().control.faults.add({
      path: "amc.accounts.list",
      status,
      body: { message: "No AMC here", requestId: "r" },
    });
    const { ctx } = await discovered("Ben");
    expect((await account(ctx, "Harbor")).capabilities).toMatchObject({
      campaigns: { ok: true },
      amc: { ok: false, reason: expect.stringContaining(`(${status}). Amazon says: No AMC here`) },
    });
  },
);

test.each([401, 403])(
  "an entity that is refused with %i is shown with its advertisers and the reason",
  async (status) => {
    const { ctx, connectionId } = await discovered("Ava");
    const shown = (await accountsOf(ctx)).length;
    const details = "Not authorized to access scope 123";
    sandbox().control.faults.add({
      path: "dsp.advertisers.list",
      region: "NA",
      status,
      body: { message: details, requestId: "r", errors: [] },
    });
    await discoverAccounts(ctx, { connectionId });
    expect(await accountsOf(ctx)).toHaveLength(shown);
    const names = ["Northlight Media US", "Harbor", "Lumen"];
    for (const name of names) {
      const { campaigns } = (await account(ctx, name)).capabilities;
      expect([name, campaigns.ok, campaigns.reason]).toEqual([name, false, expect.stringContaining(details)]);
    }
    expect(await account(ctx, "Harbor")).toMatchObject({ reachedBy: 1, connectionId: null });
    expect(await capability(ctx, "Alpenherz", "campaigns")).toMatchObject({ ok: true });
    sandbox().control.faults.clear();
    await discoverAccounts(ctx, { connectionId });
    expect(await account(ctx, "Harbor")).toMatchObject({ connectionId, capabilities: { campaigns: { ok: true } } });
  },
);

test("an entity that gives no answer hides neither itself nor what was known of it, and is tried again", async () => {
  const { ctx, connectionId } = await discovered("Ava");
  sandbox().control.faults.add({ path: "dsp.advertisers.list", region: "NA", status: 503 });
  await discoverAccounts(ctx, { connectionId });
  expect(await account(ctx, "Harbor")).toMatchObject({ connectionId, capabilities: { campaigns: { ok: true } } });
  expect(await account(ctx, "Northlight Media US")).toMatchObject({ reachedBy: 1 });
});

test("a person checks an account again and sees the answer, with the moment", async () => {
  const { ctx, clock } = await discovered("Ava");
  const { id } = await account(ctx, "Harbor");
  clock.advance({ hours: 2 });
  sandbox().control.faults.add({ path: "v1.query.campaigns", status: 403, body: { code: "FORBIDDEN", message: "No" } });
  expect(await probeAccount(ctx, { id })).toEqual({ id, state: "done" });
  expect(await account(ctx, "Harbor")).toMatchObject({
    probedAt: clock().toISOString(),
    capabilities: { campaigns: { ok: false, reason: expect.stringContaining("Amazon says: No") }, amc: { ok: true } },
  });
  sandbox().control.faults.clear();
  clock.advance({ minutes: 1 });
  await probeAccount(ctx, { id });
  expect(await capability(ctx, "Harbor", "campaigns")).toEqual({ ok: true });
});

test("where Amazon takes its time the person is told, and the job brings the answer, once", async () => {
  const { ctx, clock } = await discovered("Ava");
  const { id, probedAt } = await account(ctx, "Harbor");
  clock.advance({ hours: 2 });
  sandbox().control.faults.add({ path: "/v2/profiles", delayMs: 2000, times: 1 });
  expect(await probeAccount(ctx, { id }, 50)).toEqual({ id, state: "running" });
  expect((await account(ctx, "Harbor")).probedAt).toBe(probedAt);
  const input = { accountId: id, askedAt: clock().toISOString() };
  await probeAccountJob.run(ctx, input);
  expect((await account(ctx, "Harbor")).probedAt).toBe(input.askedAt);
  const calls = sandbox().control.calls.counts()["profiles.list"];
  await probeAccountJob.run(ctx, input);
  expect(sandbox().control.calls.counts()["profiles.list"]).toBe(calls);
});

test("an advertiser that Amazon lists no more is told so, and is read through another connection", async () => {
  const { ctx, clock, connectionId } = await discovered("Ava", "Ben");
  const { id } = await account(ctx, "Harbor");
  expect((await account(ctx, "Harbor")).connectionId).toBe(connectionId);
  clock.advance({ hours: 1 });
  const user = amazonUser(sandbox(), "Ava");
  const advertiserId = (await account(ctx, "Harbor")).amazonId;
  const { [advertiserId]: right, ...rest } = user.access;
  replaceAccess(user.access, rest);
  await probeAccount(ctx, { id });
  replaceAccess(user.access, { ...rest, [advertiserId]: right ?? "edit" });
  const after = await account(ctx, "Harbor");
  expect(after.connectionId).not.toBe(connectionId);
  expect(after.capabilities.campaigns).toEqual({ ok: true });
});

function replaceAccess(access: Record<string, string>, by: Record<string, string>): void {
  for (const id of Object.keys(access)) delete access[id];
  Object.assign(access, by);
}

test("an entity can be checked; a profile and an account that nobody reaches cannot", async () => {
  const { ctx, connectionId } = await discovered("Ava");
  const entity = await account(ctx, "Northlight Media US");
  expect(await probeAccount(ctx, { id: entity.id })).toMatchObject({ state: "done" });
  const profile = (await accountsOf(ctx)).find((one) => one.kind === "profile");
  await expect(probeAccount(ctx, { id: profile?.id ?? "" })).rejects.toMatchObject({ code: "precondition" });
  await disconnect(ctx, { id: connectionId });
  await expect(probeAccount(ctx, { id: entity.id })).rejects.toMatchObject({
    code: "precondition",
    remedy: expect.any(String),
  });
});

test("accounts stored before there was a probe for AMC count as not looked at yet, everywhere", async () => {
  const { ctx, clock } = await discovered("Ava");
  const { id } = await account(ctx, "Lumen");
  clock.advance({ hours: 1 });
  await ctx.tx(async (tx) => {
    await tx.sql`update accounts set capabilities = capabilities - 'amc' - 'audiences' where id = ${id}`;
    await tx.sql`update account_access set capabilities = capabilities - 'amc' - 'audiences' where account_id = ${id}`;
  });
  const unlooked = { ok: true, unproven: true, reason: expect.stringContaining("Not looked at yet") };
  expect((await account(ctx, "Lumen")).capabilities).toMatchObject({ amc: unlooked, audiences: unlooked });
  const filters = [{ field: "capability", operator: "eq" as const, values: ["amc"] }];
  const { items } = await ctx.tx((tx) => listAccounts(tx, { ...wholeList(), filters }));
  expect(items.map(({ name }) => name)).toEqual(["Harbor & Pine Coffee", "Lumen Trail Outdoor"]);
  const reach = await ctx.tx((tx) => connectionFor(tx, id, "amc"));
  expect(reach).toMatchObject({ connectionId: expect.any(String) });
  await probeAccount(ctx, { id });
  expect(await capability(ctx, "Lumen", "amc")).toMatchObject({ ok: false });
});

test("checking needs the right to change accounts of the brand, and leads see no names of connections", async () => {
  const { ctx, agencyId, as } = await discovered("Ava");
  const { id } = await account(ctx, "Harbor");
  const brandId = await aBrand(db, agencyId);
  await assignAccounts(ctx, { accountIds: [id], brandId });
  const lead = as("lead", brandId);
  await expect(probeAccount(lead, { id })).rejects.toMatchObject({ code: "forbidden" });
  expect(await account(lead, "Harbor")).toMatchObject({ reachedBy: 1, connections: [], connectionId: null });
  expect((await account(as("ops", brandId), "Harbor")).connections).toMatchObject([{ name: "Ava Brandt" }]);
  const other = as("ops", await aBrand(db, agencyId));
  await expect(probeAccount(other, { id })).rejects.toMatchObject({ code: "not_found" });
});
