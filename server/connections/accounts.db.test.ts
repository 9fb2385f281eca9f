import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { amazonServices, amazonUser, connected, testSandbox } from "../../tests/support/amazon-user";
import { aBrand, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { listAuditEvents } from "../audit";
import type { Ctx } from "../core/context";
import { type Filter, wholeList } from "../core/query";
import { getAccount, getConnection, listAccounts, listConnections } from ".";
import { assignAccounts } from "./assign-accounts";
import { disconnect } from "./disconnect";
import { discoverAccounts } from "./discover-accounts";

const { db } = testDatabase();
const sandbox = testSandbox();

/** An agency with Ava's six accounts, and a brand. */
async function aPortfolio() {
  const agencyId = await anAgency(db);
  const clock = () => new Date();
  const source = aSource(db, { clock, services: amazonServices(sandbox(), { clock }) });
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const connectionId = await connected(ctx, { userId: amazonUser(sandbox(), "Ava").id });
  await discoverAccounts(ctx, { connectionId });
  const brandId = await aBrand(db, agencyId, "Harbor");
  const as = (...memberships: { brandId: string | null; role: "ops" | "lead" | "client" }[]) =>
    aCtx(source, agencyId, { memberships });
  return { ctx, agencyId, brandId, connectionId, as, ids: (await find(ctx)).map((account) => account.id) };
}

async function find(ctx: Ctx, filters: Record<string, string | string[]> = {}, search: string | null = null) {
  const parsed: Filter[] = Object.entries(filters).map(([field, values]) => ({
    field,
    operator: "eq",
    values: [values].flat(),
  }));
  return (await ctx.tx((tx) => listAccounts(tx, { ...wholeList(), filters: parsed, search }))).items;
}

const names = async (...args: Parameters<typeof find>) => (await find(...args)).map((account) => account.name).sort();

test("accounts are found by brand, none, region, kind, capability, connection and words", async () => {
  const { ctx, brandId, connectionId } = await aPortfolio();
  const [coffee] = await find(ctx, {}, "harbor");
  await assignAccounts(ctx, { accountIds: [coffee?.id ?? ""], brandId });
  expect(await names(ctx, { brandId })).toEqual(["Harbor & Pine Coffee"]);
  expect(await names(ctx, { brandId: "none" })).toHaveLength(5);
  expect(await names(ctx, { brandId: ["none", brandId] })).toHaveLength(6);
  expect(await names(ctx, { region: "EU" })).toEqual(["Alpenherz Naturkost", "Northlight Media DE"]);
  expect(await names(ctx, { kind: "dsp_entity" })).toHaveLength(2);
  expect(await names(ctx, { capability: "campaigns" })).toHaveLength(3);
  expect(await names(ctx, { connectionId })).toHaveLength(6);
  expect(await names(ctx, { connectionId: randomUUID() })).toEqual([]);
  expect(await names(ctx, {}, coffee?.amazonId ?? "")).toEqual(["Harbor & Pine Coffee"]);
  expect(await names(ctx, {}, "100%")).toEqual([]);
});

test("accounts are assigned in bulk, row by row, with one audit event each", async () => {
  const { ctx, brandId, ids } = await aPortfolio();
  const stranger = randomUUID();
  const { results } = await assignAccounts(ctx, { accountIds: [...ids, stranger, ids[0] ?? ""], brandId });
  expect(results).toHaveLength(7);
  expect(results.filter((result) => result.outcome === "assigned")).toHaveLength(6);
  expect(results.at(-1)).toMatchObject({ accountId: stranger, outcome: "not_found" });
  const again = await assignAccounts(ctx, { accountIds: ids, brandId });
  expect(new Set(again.results.map((result) => result.outcome))).toEqual(new Set(["unchanged"]));
  await assignAccounts(ctx, { accountIds: ids.slice(0, 1), brandId: null });
  const { items } = await ctx.tx((tx) => listAuditEvents(tx, wholeList()));
  expect(items.filter((event) => event.action === "account.assigned")).toHaveLength(6);
  expect(items.filter((event) => event.action === "account.unassigned")).toMatchObject([
    { brandId, before: { brandId }, after: { brandId: null } },
  ]);
});

test("an unknown or foreign brand, an empty list and an unknown field change nothing", async () => {
  const { ctx, ids } = await aPortfolio();
  const { brandId: foreign } = await aPortfolio();
  await expect(assignAccounts(ctx, { accountIds: ids, brandId: foreign })).rejects.toMatchObject({ code: "not_found" });
  await expect(assignAccounts(ctx, { accountIds: [], brandId: null })).rejects.toMatchObject({
    code: "invalid",
    fields: { accountIds: expect.any(String) },
  });
  const surplus = { accountIds: ids, brandId: null, force: true };
  await expect(assignAccounts(ctx, surplus)).rejects.toMatchObject({ fields: { force: expect.any(String) } });
  expect(await names(ctx, { brandId: "none" })).toHaveLength(6);
});

test("who works for one brand sees its accounts only, and cannot move accounts beyond it", async () => {
  const { ctx, brandId, ids, as, agencyId } = await aPortfolio();
  const other = await aBrand(db, agencyId, "Lumen");
  await assignAccounts(ctx, { accountIds: ids.slice(0, 2), brandId });
  await assignAccounts(ctx, { accountIds: ids.slice(2, 3), brandId: other });
  const ops = as({ brandId, role: "ops" });
  expect(await names(ops)).toHaveLength(2);
  await expect(ops.tx((tx) => getAccount(tx, ids[2] ?? ""))).rejects.toMatchObject({ code: "not_found" });
  const moves = await assignAccounts(ops, { accountIds: ids.slice(0, 3), brandId: null });
  expect(moves.results.map((result) => result.outcome)).toEqual(["refused", "refused", "not_found"]);
  const both = as({ brandId, role: "ops" }, { brandId: other, role: "ops" });
  const moved = await assignAccounts(both, { accountIds: ids.slice(0, 1), brandId: other });
  expect(moved.results).toMatchObject([{ outcome: "assigned" }]);
  const mixed = as({ brandId, role: "ops" }, { brandId: other, role: "lead" });
  const refused = await assignAccounts(mixed, { accountIds: ids.slice(1, 2), brandId: other });
  expect(refused.results).toMatchObject([{ outcome: "refused", reason: expect.stringContaining("role") }]);
});

test("leads read accounts but change none; clients see neither accounts nor connections", async () => {
  const { ids, as, connectionId } = await aPortfolio();
  const lead = as({ brandId: null, role: "lead" });
  expect(await names(lead)).toHaveLength(6);
  await expect(assignAccounts(lead, { accountIds: ids, brandId: null })).rejects.toMatchObject({ code: "forbidden" });
  await expect(disconnect(lead, { id: connectionId })).rejects.toMatchObject({ code: "forbidden" });
  const client = as({ brandId: null, role: "client" });
  await expect(names(client)).rejects.toMatchObject({ code: "forbidden" });
  await expect(client.tx((tx) => listConnections(tx, wholeList()))).rejects.toMatchObject({ code: "forbidden" });
});

test("a lead of one brand who is a client of another sees the accounts of the first only", async () => {
  const { ctx, brandId, ids, as, agencyId } = await aPortfolio();
  const other = await aBrand(db, agencyId, "Lumen");
  await assignAccounts(ctx, { accountIds: ids.slice(0, 1), brandId });
  await assignAccounts(ctx, { accountIds: ids.slice(1, 3), brandId: other });
  expect(await names(as({ brandId, role: "lead" }, { brandId: other, role: "client" }))).toHaveLength(1);
  expect(await names(as({ brandId, role: "lead" }, { brandId: null, role: "client" }))).toHaveLength(1);
});

test("another agency sees nothing of it", async () => {
  const { ids, connectionId } = await aPortfolio();
  const { ctx: stranger } = await aPortfolio();
  await expect(stranger.tx((tx) => getAccount(tx, ids[0] ?? ""))).rejects.toMatchObject({ code: "not_found" });
  await expect(stranger.tx((tx) => getConnection(tx, connectionId))).rejects.toMatchObject({ code: "not_found" });
  const { results } = await assignAccounts(stranger, { accountIds: ids.slice(0, 1), brandId: null });
  expect(results).toMatchObject([{ outcome: "not_found", name: null }]);
});

test("a connection is shown without its tokens", async () => {
  const { ctx, connectionId } = await aPortfolio();
  const shown = await ctx.tx((tx) => getConnection(tx, connectionId));
  expect(JSON.stringify(shown)).not.toMatch(/Atz|v1:/);
  expect(shown.token).toMatchObject({ expiresAt: expect.any(String), lastOutcome: expect.stringContaining("consent") });
});
