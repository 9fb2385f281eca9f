import { randomInt, randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { accountAccess, accounts, connections } from "../connections/tables";
import type { Ctx } from "../core/context";
import { type ListQuery, wholeList } from "../core/query";
import { coverage, factDays, rollupAccountDay, syncRuns } from "../insights/tables";
import { messages } from "../notifications/tables";
import { archiveBrand, updateBrand } from "../workspace/change-brand";
import { getWallBrand, listWall } from "./read-wall";

const { db } = testDatabase();
const clock = aClock();
const source = aSource(db, { clock });
const ok = { ok: true };
const capabilities = { campaigns: ok, reports: ok, write: ok, amc: ok, audiences: ok };
const wall = (ctx: Ctx, query: Partial<ListQuery> = {}) => ctx.tx((tx) => listWall(tx, { ...wholeList(), ...query }));
const on = (ctx: Ctx, id: string) => ctx.tx((tx) => getWallBrand(tx, id));

interface Advertiser {
  brandId: string | null;
  currency?: string;
  timeZone?: string;
  /** Reported days, with what was spent on each, in whole units. */
  days?: { from: string; to: string; spent: number };
}

async function anAdvertiser(agencyId: string, { brandId, currency = "USD", timeZone = "UTC", days }: Advertiser) {
  const accountId = randomUUID();
  const now = clock();
  await db.withAgency(agencyId, async (scope) => {
    await scope.db.insert(accounts).values({
      agencyId,
      id: accountId,
      kind: "dsp_advertiser",
      region: "NA",
      amazonId: `428${randomInt(1e9, 1e10)}`,
      name: "An advertiser",
      countryCode: "US",
      currency,
      timeZone,
      brandId,
      capabilities,
      createdAt: now,
      seenAt: now,
    });
    if (!days) return;
    const reported = daysOf(days);
    await scope.db
      .insert(rollupAccountDay)
      .values(
        reported.map((day) => ({ agencyId, accountId, day, currency, totalCost: BigInt(days.spent) * 1_000_000n })),
      );
    const known = { agencyId, accountId, reportType: "campaign", observedAt: now, runId: randomUUID() };
    await scope.db.insert(factDays).values(reported.map((day) => ({ ...known, day })));
    const reach = { firstDay: days.from, lastDay: days.to, syncedAt: now };
    await scope.db.insert(coverage).values({ agencyId, accountId, subject: "campaign", ...reach });
  });
  return accountId;
}

function daysOf({ from, to }: { from: string; to: string }): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

async function aConnection(agencyId: string, accountIds: string[], state: "healthy" | "needs_reconsent" = "healthy") {
  const id = randomUUID();
  const at = clock();
  const discovery = { state: "done", profiles: 1, entities: 1, advertisers: 1 } as const;
  await db.withAgency(agencyId, async (scope) => {
    await scope.db.insert(connections).values({
      agencyId,
      id,
      region: "NA",
      ownerUserId: randomUUID(),
      amazonUserId: `amzn1.account.${id}`,
      amazonUserName: "Ava Grantor",
      scopes: ["profile"],
      state,
      stateSince: at,
      consentedAt: at,
      consentExpiresAt: new Date("2027-11-01T00:00:00Z"),
      discovery: { NA: discovery, EU: discovery, FE: discovery },
      createdAt: at,
    });
    await scope.db
      .insert(accountAccess)
      .values(accountIds.map((accountId) => ({ agencyId, accountId, connectionId: id, capabilities, probedAt: at })));
  });
  return id;
}

async function anAgencyWith(moment: string) {
  clock.set(moment);
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const brand = async (budget?: { monthlyBudget: string; budgetCurrency: string }) => {
    const id = await aBrand(db, agencyId);
    if (budget) await updateBrand(ctx, { id, version: 1, ...budget });
    return id;
  };
  return { agencyId, ctx, brand };
}

const dollars = (amount: number) => ({ monthlyBudget: String(amount * 1e6), budgetCurrency: "USD" });

test("a month is the brand's own: at one moment two zones are in two months", async () => {
  const { agencyId, ctx, brand } = await anAgencyWith("2026-12-01T03:00:00Z");
  const [west, east] = [await brand(dollars(3000)), await brand(dollars(3000))];
  const days = { from: "2026-10-25", to: "2026-11-30", spent: 100 };
  await anAdvertiser(agencyId, { brandId: west, timeZone: "America/Los_Angeles", days });
  await anAdvertiser(agencyId, { brandId: east, timeZone: "Asia/Tokyo", days });
  const west1 = (await on(ctx, west)).spend;
  // The 30th is not over there: 29 days of November count, however far the data reaches.
  expect(west1).toMatchObject({ pace: "on_pace", daysShare: 29 / 30 });
  expect(west1?.deviation).toBeCloseTo(0);
  expect(west1?.months).toMatchObject([
    { month: "2026-11", spent: "2900000000", projected: "3000000000", counted: 29, passed: 29, through: "2026-11-29" },
  ]);
  expect(west1?.months[0]?.settled).toBeCloseTo(27 / 29);
  expect((await on(ctx, east)).spend).toMatchObject({
    pace: "early",
    deviation: null,
    months: [{ month: "2026-12", spent: "0", counted: 0, through: null, projected: null }],
  });
});

test("late data is compared with the days it reaches, and money of two currencies is never added", async () => {
  const { agencyId, ctx, brand } = await anAgencyWith("2026-11-21T12:00:00Z");
  const id = await brand(dollars(3000));
  await anAdvertiser(agencyId, { brandId: id, days: { from: "2026-11-01", to: "2026-11-20", spent: 60 } });
  await anAdvertiser(agencyId, { brandId: id, days: { from: "2026-11-01", to: "2026-11-10", spent: 28 } });
  const euros = { from: "2026-11-01", to: "2026-11-20", spent: 999 };
  await anAdvertiser(agencyId, { brandId: id, currency: "EUR", days: euros });
  const { spend } = await on(ctx, id);
  expect(spend?.months).toMatchObject([
    { currency: "USD", spent: "880000000", through: "2026-11-10", counted: 10, passed: 20, gaps: 0 },
    { currency: "EUR", spent: "19980000000", through: "2026-11-20" },
  ]);
  expect(spend).toMatchObject({ signal: "attention", pace: "under" });
  expect(spend?.deviation).toBeCloseTo(-0.12);
});

test("a budget that is used up before the month is over is a problem; none is no judgement", async () => {
  const { agencyId, ctx, brand } = await anAgencyWith("2026-11-21T12:00:00Z");
  const [used, none, otherMoney] = [await brand(dollars(1000)), await brand(), await brand(dollars(1000))];
  const days = { from: "2026-11-01", to: "2026-11-20", spent: 50 };
  await anAdvertiser(agencyId, { brandId: used, days });
  await anAdvertiser(agencyId, { brandId: none, days });
  await anAdvertiser(agencyId, { brandId: otherMoney, currency: "GBP", days });
  expect((await on(ctx, used)).spend).toMatchObject({ signal: "problem", pace: "spent", spentShare: 1 });
  expect((await on(ctx, none)).spend).toMatchObject({ signal: "quiet", pace: "no_budget" });
  expect((await on(ctx, otherMoney)).spend).toMatchObject({ pace: "no_account", months: [{ currency: "GBP" }] });
});

test("a lost consent, a failed sync and an open alert put a brand first, until they are mended", async () => {
  const { agencyId, ctx, brand } = await anAgencyWith("2026-11-21T12:00:00Z");
  const [calm, troubled] = [await brand(), await brand()];
  const days = { from: "2026-11-01", to: "2026-11-20", spent: 1 };
  const [quiet, cut] = [
    await anAdvertiser(agencyId, { brandId: calm, days }),
    await anAdvertiser(agencyId, { brandId: troubled, days }),
  ];
  await aConnection(agencyId, [quiet]);
  await aConnection(agencyId, [quiet]);
  const lost = await aConnection(agencyId, [cut], "needs_reconsent");
  const run = { agencyId, accountId: cut, subject: "campaign", kind: "recent" as const, createdAt: clock() };
  const message = { agencyId, userId: randomUUID(), kind: "connection.needs_reconsent" as const, body: "" };
  const news = { ...message, signal: "problem" as const, subject: { type: "connection", id: lost } };
  const action = { label: "Reconnect", path: `/connections/${lost}` };
  await db.withAgency(agencyId, async (scope) => {
    await scope.db.insert(syncRuns).values([
      { ...run, slot: "a", state: "failed", finishedAt: new Date("2026-11-21T09:00:00Z") },
      { ...run, slot: "b", state: "due", note: "Waits for a connection." },
    ]);
    await scope.db
      .insert(messages)
      .values({ ...news, title: "Ava must consent again", action, dedupeKey: "lost", createdAt: clock() });
  });
  const { items } = await wall(ctx);
  expect(items.map(({ id, need }) => [id, need])).toEqual([
    [troubled, "problem"],
    [calm, "none"],
  ]);
  expect(items[0]).toMatchObject({
    consent: { signal: "problem", cover: "stranded", stranded: 1 },
    data: { signal: "problem", late: 1 },
    work: { signal: "problem", failedSyncs: 1, waitingSyncs: 1 },
    alerts: { signal: "problem", open: 1, title: "Ava must consent again", path: action.path },
  });
  expect(items[1]).toMatchObject({ consent: { cover: "covered" }, work: { signal: "ok" }, alerts: { open: 0 } });
  const needing = [{ field: "need", operator: "eq" as const, values: ["problem", "attention"] }];
  expect((await wall(ctx, { filters: needing })).items.map(({ id }) => id)).toEqual([troubled]);

  clock.advance({ hours: 1 });
  await db.withAgency(agencyId, async (scope) => {
    await scope.db.insert(syncRuns).values({ ...run, slot: "c", state: "done", finishedAt: clock() });
    const well = { ...news, kind: "connection.recovered" as const, signal: "ok" as const };
    await scope.db
      .insert(messages)
      .values({ ...well, title: "Ava works", action, dedupeKey: "ok", createdAt: clock() });
  });
  expect(await on(ctx, troubled)).toMatchObject({ work: { failedSyncs: 0 }, alerts: { open: 0, signal: "ok" } });
});

test("a client sees their brand and none of the signs that are not theirs; a lead sees the accounts besides", async () => {
  const { agencyId, ctx, brand } = await anAgencyWith("2026-11-21T12:00:00Z");
  const [mine, theirs] = [await brand(dollars(3000)), await brand(dollars(3000))];
  const days = { from: "2026-11-01", to: "2026-11-20", spent: 100 };
  const account = await anAdvertiser(agencyId, { brandId: mine, days });
  await anAdvertiser(agencyId, { brandId: theirs, days });
  await aConnection(agencyId, [account]);
  await updateBrand(ctx, { id: mine, version: 2, tags: ["difficult"] });
  const as = (role: "client" | "lead" | "ops") => aCtx(source, agencyId, { memberships: [{ brandId: mine, role }] });
  const operational = { consent: null, work: null, alerts: null };
  const client = await wall(as("client"));
  expect(client.items).toMatchObject([
    { id: mine, tags: [], accounts: null, spend: { pace: "on_pace" }, ...operational },
  ]);
  const permissions = ["brands.read", "campaigns.read", "insights.read"];
  const withoutMoney = aCtx(source, agencyId, { memberships: [{ brandId: mine, role: "custom", permissions }] });
  expect((await wall(withoutMoney)).items).toMatchObject([
    { id: mine, spend: null, monthlyBudget: null, budgetCurrency: null, data: {} },
  ]);
  expect((await wall(as("lead"))).items).toMatchObject([{ tags: ["difficult"], accounts: 1, ...operational }]);
  expect((await wall(as("ops"))).items).toMatchObject([{ id: mine, consent: { accounts: 1 }, work: { signal: "ok" } }]);
  await expect(on(as("ops"), theirs)).rejects.toMatchObject({ code: "not_found" });
});

test("an archived brand leaves the wall and keeps its data", async () => {
  const { agencyId, ctx, brand } = await anAgencyWith("2026-11-21T12:00:00Z");
  const [kept, gone] = [await brand(), await brand()];
  await anAdvertiser(agencyId, { brandId: gone, days: { from: "2026-11-01", to: "2026-11-20", spent: 1 } });
  await archiveBrand(ctx, { id: gone });
  expect((await wall(ctx)).items.map(({ id }) => id)).toEqual([kept]);
});

test("20 brands take as many statements as 3", async () => {
  const { agencyId, ctx, brand } = await anAgencyWith("2026-11-21T12:00:00Z");
  const add = async (count: number) => {
    for (let at = 0; at < count; at++) {
      const brandId = await brand(dollars(3000));
      const days = { from: "2026-10-01", to: "2026-11-20", spent: at };
      const one = await anAdvertiser(agencyId, { brandId, days });
      await aConnection(agencyId, [one]);
    }
  };
  const statements = () =>
    ctx.tx(async (tx) => {
      const asked = vi.spyOn(tx.sql, "unsafe");
      const { items } = await listWall(tx, wholeList());
      return { brands: items.length, asked: asked.mock.calls.length };
    });
  await add(3);
  const few = await statements();
  await add(17);
  const many = await statements();
  expect(few.brands).toBe(3);
  expect(many.brands).toBe(20);
  expect(few.asked).toBeGreaterThan(5);
  expect(many.asked).toBe(few.asked);
});
