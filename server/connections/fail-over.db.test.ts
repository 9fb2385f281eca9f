import { expect, test } from "vitest";
import { amazonServices, amazonUser, connected, testSandbox } from "../../tests/support/amazon-user";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { listAuditEvents } from "../audit";
import type { Ctx } from "../core/context";
import { wholeList } from "../core/query";
import { connectionFor, getAccount, getConnection, listAccounts } from ".";
import { assignAccounts } from "./assign-accounts";
import { changeState } from "./change-state";
import { lockConnection } from "./connection-store";
import type { ConnectionState } from "./contract";
import { disconnect } from "./disconnect";
import { discoverAccounts } from "./discover-accounts";
import { failOver, takeBackStranded } from "./fail-over";
import { readThrough } from "./read-through";

const { db } = testDatabase();
const sandbox = testSandbox();
const coffeeName = "Harbor & Pine Coffee";

async function anOffice() {
  const clock = aClock(new Date());
  const source = aSource(db, { clock, services: amazonServices(sandbox(), { clock }) });
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  return { ctx, clock, source, agencyId };
}

async function discovered(ctx: Ctx, name: string): Promise<string> {
  const connectionId = await connected(ctx, { userId: amazonUser(sandbox(), name).id });
  await discoverAccounts(ctx, { connectionId });
  return connectionId;
}

/** Ava sees six accounts, Ben the coffee and its entity. */
async function twoGrantors() {
  const office = await anOffice();
  const ava = await discovered(office.ctx, "Ava");
  const ben = await discovered(office.ctx, "Ben");
  return { ...office, ava, ben, coffee: await accountNamed(office.ctx, coffeeName) };
}

async function accountNamed(ctx: Ctx, name: string) {
  const { items } = await ctx.tx((tx) => listAccounts(tx, wholeList()));
  const account = items.find((one) => one.name === name);
  if (!account) throw new Error(`no account ${name}`);
  return account;
}

const setState = (ctx: Ctx, id: string, state: ConnectionState) =>
  ctx.tx(async (tx) => {
    const row = await lockConnection(tx, id);
    if (row) await changeState(tx, row, { state, reason: `it is ${state}`, remedy: null });
  });

const through = async (ctx: Ctx, id: string) => (await ctx.tx((tx) => getAccount(tx, id))).connectionId;
const reach = async (ctx: Ctx, id: string) =>
  (await ctx.tx((tx) => connectionFor(tx, id, "reports")))?.connectionId ?? null;

const eventsOf = async (ctx: Ctx, action: string) =>
  (await ctx.tx((tx) => listAuditEvents(tx, wholeList()))).items.filter((event) => event.action === action);

test("an account is read through the connection that found it first, and stays there", async () => {
  const { ctx, ava, ben, coffee } = await twoGrantors();
  expect(coffee.connectionId).toBe(ava);
  expect(await reach(ctx, coffee.id)).toBe(ava);
  await setState(ctx, ava, "degraded");
  expect(await reach(ctx, coffee.id)).toBe(ava);
  await setState(ctx, ava, "needs_reconsent");
  expect(await reach(ctx, coffee.id)).toBe(ben);
});

test("a lost connection's accounts go to the best other one, each with an audit event of its brand; the rest are stranded", async () => {
  const { ctx, ava, ben, coffee, agencyId } = await twoGrantors();
  const brandId = await aBrand(db, agencyId, "Harbor");
  await assignAccounts(ctx, { accountIds: [coffee.id], brandId });
  const { moved, stranded } = await ctx.tx((tx) => failOver(tx, ava));
  // Of the six accounts three are advertisers; Ben sees one of these.
  expect({ moved, stranded }).toEqual({ moved: 1, stranded: 2 });
  expect(await through(ctx, coffee.id)).toBe(ben);
  const lumen = await accountNamed(ctx, "Lumen Trail Outdoor");
  expect(lumen.connectionId).toBeNull();
  const moves = await eventsOf(ctx, "account.failed_over");
  expect(moves.map((event) => event.targetLabel).sort()).toEqual([coffeeName, "Northlight Media US"]);
  expect(moves.find((event) => event.targetId === coffee.id)).toMatchObject({
    targetType: "account",
    targetLabel: coffeeName,
    brandId,
    before: { connectionId: ava, connectionName: "Ava Brandt" },
    after: { connectionId: ben, connectionName: "Ben Ortiz" },
  });
  expect(await eventsOf(ctx, "account.stranded")).toHaveLength(4);
  expect(await ctx.tx((tx) => failOver(tx, ava))).toEqual({ moved: 0, stranded: 0 });
});

test("of several others the healthiest takes over, and nothing moves back by itself", async () => {
  const { ctx, ava, ben, coffee } = await twoGrantors();
  await setState(ctx, ben, "degraded");
  await setState(ctx, ava, "needs_reconsent");
  expect(await through(ctx, coffee.id)).toBe(ben);
  expect(await discovered(ctx, "Ava")).toBe(ava);
  expect(await through(ctx, coffee.id)).toBe(ben);
  expect(await reach(ctx, coffee.id)).toBe(ben);
});

test("disconnecting hands the accounts over in the same moment", async () => {
  const { ctx, ava, ben, coffee } = await twoGrantors();
  const result = await disconnect(ctx, { id: ava });
  expect(result.accountsMoved).toBeGreaterThanOrEqual(1);
  expect(await through(ctx, coffee.id)).toBe(ben);
  const [event] = await eventsOf(ctx, "connection.disconnected");
  expect(event?.after).toMatchObject({ accountsMoved: result.accountsMoved });
});

test("an account the Amazon user no longer sees is handed over at the next discovery", async () => {
  const { ctx, ava, ben, coffee } = await twoGrantors();
  sandbox().control.faults.add({ region: "NA", path: "/v2/profiles", status: 200, body: [], times: 1 });
  await discoverAccounts(ctx, { connectionId: ava, regions: ["NA"] });
  expect(await through(ctx, coffee.id)).toBe(ben);
  const { connections } = await accountNamed(ctx, coffeeName);
  expect(connections.map(({ id }) => id)).toEqual([ben]);
});

test("a person may choose another connection; one that does not reach the account, or cannot be used, is refused by name", async () => {
  const { ctx, ava, ben, coffee, source, agencyId } = await twoGrantors();
  await readThrough(ctx, { id: coffee.id, connectionId: ben });
  expect(await reach(ctx, coffee.id)).toBe(ben);
  const [event] = await eventsOf(ctx, "account.read_through_chosen");
  expect(event).toMatchObject({ before: { connectionName: "Ava Brandt" }, after: { connectionName: "Ben Ortiz" } });
  await readThrough(ctx, { id: coffee.id, connectionId: ben });
  expect(await eventsOf(ctx, "account.read_through_chosen")).toHaveLength(1);

  const lumen = await accountNamed(ctx, "Lumen Trail Outdoor");
  await expect(readThrough(ctx, { id: lumen.id, connectionId: ben })).rejects.toMatchObject({
    code: "invalid",
    fields: { connectionId: "This connection does not reach the account." },
  });
  await setState(ctx, ava, "needs_reconsent");
  await expect(readThrough(ctx, { id: coffee.id, connectionId: ava })).rejects.toMatchObject({
    code: "invalid",
    fields: { connectionId: expect.stringContaining("cannot be used now") },
  });
  const elsewhere = await aBrand(db, agencyId);
  const stranger = aCtx(source, agencyId, { memberships: [{ brandId: elsewhere, role: "ops" }] });
  await expect(readThrough(stranger, { id: coffee.id, connectionId: ben })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a new consent brings a lost connection back as it was, with the accounts only it reaches", async () => {
  const { ctx, agencyId } = await anOffice();
  const ava = await discovered(ctx, "Ava");
  const brandId = await aBrand(db, agencyId, "Harbor");
  const coffee = await accountNamed(ctx, coffeeName);
  await assignAccounts(ctx, { accountIds: [coffee.id], brandId });
  const before = await ctx.tx((tx) => listAccounts(tx, wholeList()));
  await setState(ctx, ava, "needs_reconsent");
  expect(await through(ctx, coffee.id)).toBeNull();
  expect(await reach(ctx, coffee.id)).toBeNull();

  expect(await connected(ctx, { userId: amazonUser(sandbox(), "Ava").id })).toBe(ava);
  // At once, before any discovery.
  expect(await through(ctx, coffee.id)).toBe(ava);
  expect(await reach(ctx, coffee.id)).toBe(ava);
  expect(await eventsOf(ctx, "account.returned")).toHaveLength(6);
  const after = await ctx.tx((tx) => listAccounts(tx, wholeList()));
  const lasting = (one: (typeof after.items)[number]) => [one.id, one.brandId, one.createdAt];
  expect(after.items.map(lasting)).toEqual(before.items.map(lasting));
  expect(await ctx.tx((tx) => getConnection(tx, ava))).toMatchObject({ state: "healthy", accountsPrimary: 6 });
});

test("an account that is seen again after it was lost is read again, and that is audited; a new account is not", async () => {
  const { ctx } = await anOffice();
  const ava = await discovered(ctx, "Ava");
  expect(await eventsOf(ctx, "account.returned")).toEqual([]);
  const coffee = await accountNamed(ctx, coffeeName);
  sandbox().control.faults.add({ region: "NA", path: "/v2/profiles", status: 200, body: [], times: 1 });
  await discoverAccounts(ctx, { connectionId: ava, regions: ["NA"] });
  expect(await through(ctx, coffee.id)).toBeNull();
  await discoverAccounts(ctx, { connectionId: ava, regions: ["NA"] });
  expect(await through(ctx, coffee.id)).toBe(ava);
  const returned = await eventsOf(ctx, "account.returned");
  expect(returned.find((event) => event.targetId === coffee.id)).toMatchObject({
    before: { connectionId: null, connectionName: null },
    after: { connectionId: ava, connectionName: "Ava Brandt" },
  });
});

test("a connection that needs a new consent takes in no account, however much it still sees", async () => {
  const { ctx, ava, ben, coffee } = await twoGrantors();
  await setState(ctx, ava, "needs_reconsent");
  await setState(ctx, ben, "needs_reconsent");
  await ctx.tx((tx) => takeBackStranded(tx, ava));
  expect(await through(ctx, coffee.id)).toBeNull();
});
