import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { json, scriptedAmazon } from "../../tests/support/scripted-amazon";
import { until } from "../../tests/support/until";
import { asCaller, type Caller, type CallRecord } from "../amazon";
import type { Ctx } from "../core/context";
import { createLog } from "../core/log";
import { type ListQuery, wholeList } from "../core/query";
import { forgetCalls } from "./forget-calls";
import { getCall, listCalls } from "./list-calls";
import { type CallLedger, createCallLedger } from "./record-call";

const { db } = testDatabase();
const silent = createLog("silent");

const aCall = (overrides: Partial<CallRecord> = {}): CallRecord => ({
  at: new Date("2026-11-20T11:00:00Z"),
  region: "NA",
  operation: "dsp.queryCampaigns",
  method: "POST",
  path: "/adsApi/v1/query/campaigns",
  status: 200,
  durationMs: 120,
  requestId: randomUUID(),
  ...overrides,
});

async function anOffice() {
  const agencyId = await anAgency(db);
  const clock = aClock();
  const ctx = aCtx(aSource(db, { clock }), agencyId, { memberships: asOwner });
  const caller = (concerns: Partial<Caller> = {}): Caller => ({
    agencyId,
    origin: "insights.sync-entities",
    priority: "sync",
    ...concerns,
  });
  const keep = async (calls: [CallRecord, Caller][]) => {
    const ledger = createCallLedger({ database: db, log: silent });
    for (const [call, who] of calls) ledger.record(call, who);
    await ledger.close();
  };
  return { agencyId, clock, ctx, caller, keep };
}

const list = (ctx: Ctx, query: Partial<ListQuery> = {}) => ctx.tx((tx) => listCalls(tx, { ...wholeList(), ...query }));
const by = (field: string, ...values: string[]) => ({ filters: [{ field, operator: "eq" as const, values }] });

test("calls are listed newest first, and narrowed by what went wrong, where and for whom", async () => {
  const { ctx, caller, keep, agencyId } = await anOffice();
  const brandId = await aBrand(db, agencyId, "Harbor");
  const connectionId = randomUUID();
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 11, minute));
  await keep([
    [aCall({ at: at(1), requestId: "req-first" }), caller({ brandId, connectionId })],
    [aCall({ at: at(3), status: 429, error: "throttled", message: "Amazon is limiting requests." }), caller()],
    [aCall({ at: at(2), region: "EU", operation: "lwa.refresh", path: "/auth/o2/token", durationMs: 900 }), caller()],
  ]);
  const minutes = async (query: Partial<ListQuery>) =>
    (await list(ctx, query)).items.map((call) => new Date(call.at).getUTCMinutes());
  expect(await minutes({})).toEqual([3, 2, 1]);
  expect(await minutes({ sort: { field: "durationMs", order: "desc" }, limit: 1 })).toEqual([2]);
  expect(await minutes(by("outcome", "failed"))).toEqual([3]);
  expect(await minutes(by("outcome", "ok"))).toEqual([2, 1]);
  expect(await minutes(by("outcome", "ok", "failed"))).toEqual([3, 2, 1]);
  expect(await minutes(by("errorClass", "throttled"))).toEqual([3]);
  expect(await minutes(by("status", "429"))).toEqual([3]);
  expect(await minutes(by("region", "EU"))).toEqual([2]);
  expect(await minutes(by("connectionId", connectionId))).toEqual([1]);
  expect(await minutes(by("brandId", brandId))).toEqual([1]);
  expect(await minutes({ search: "o2/TOKEN" })).toEqual([2]);
  expect(await minutes({ search: "req-fir" })).toEqual([1]);
  expect(await minutes({ search: "limiting requests" })).toEqual([3]);
  const { items, total } = await list(ctx, by("outcome", "failed"));
  expect(total).toBe(1);
  expect(items[0]).toMatchObject({ outcome: "failed", errorClass: "throttled", error: "Amazon is limiting requests." });
});

test("who may see some brands only sees the calls made for these, and no others", async () => {
  const { ctx, caller, keep, agencyId } = await anOffice();
  const [mine, theirs] = [await aBrand(db, agencyId), await aBrand(db, agencyId)];
  await keep([
    [aCall(), caller({ brandId: mine })],
    [aCall(), caller({ brandId: theirs })],
    [aCall(), caller()],
  ]);
  const lead = aCtx(aSource(db), agencyId, { memberships: [{ brandId: mine, role: "ops" }] });
  const seen = await list(lead);
  expect(seen.total).toBe(1);
  expect(seen.items.map(({ brandId }) => brandId)).toEqual([mine]);
  const hidden = (await list(ctx)).items.find(({ brandId }) => brandId === theirs);
  await expect(lead.tx((tx) => getCall(tx, hidden?.id ?? ""))).rejects.toMatchObject({ code: "not_found" });
  const client = aCtx(aSource(db), agencyId, { memberships: [{ brandId: mine, role: "client" }] });
  await expect(list(client)).rejects.toMatchObject({ code: "forbidden" });
});

test("no secret reaches the ledger, whatever Amazon repeats in bodies, headers and addresses", async () => {
  const { agencyId, caller, ctx } = await anOffice();
  const ledger = createCallLedger({ database: db, log: silent });
  const leaky = { error: "invalid_grant", error_description: "Atzr|canary-refresh, secret-of-the-client, canary-code" };
  const { amazon } = scriptedAmazon(
    { onCall: ledger.record },
    json(leaky, 400, { "x-amzn-requestid": "req-Atza|canary-access" }),
    json({ message: "Bearer Atza|canary-access at https://x.example/?code=canary-code&state=canary-state" }, 500),
    json([{ profileId: { "Atza|canary-access": 1 } }]),
    new TypeError("fetch failed for Atza|canary-access"),
    new Response("<Error>X-Amz-Signature=canary-signature</Error>", { status: 403 }),
  );
  const access = { region: "NA", accessToken: "Atza|canary-access" } as const;
  const url = "https://api.na.example/canary/Atza|canary-path?X-Amz-Signature=canary-signature";
  const download = async () => {
    for await (const _rows of amazon.reporting.v3.download({ region: "NA", url })) return;
  };
  const request = {
    region: "NA",
    code: "canary-code",
    redirectUri: "https://x.example",
    codeVerifier: "canary-verifier",
  } as const;
  const calls: (() => Promise<unknown>)[] = [
    () => amazon.lwa.exchangeCode(request),
    () => amazon.accounts.listAdvertisers({ ...access, profileId: "1" }),
    () => amazon.accounts.listProfiles(access),
    () => amazon.lwa.refresh({ region: "NA", refreshToken: "Atzr|canary-refresh" }),
    download,
  ];
  for (const call of calls) await asCaller(caller(), call).catch(() => {});
  await ledger.close();
  const kept = await ctx.tx(({ db: tx }) =>
    tx.execute<{ row: string }>(sql`select amazon_calls::text as row from amazon_calls where agency_id = ${agencyId}`),
  );
  expect(kept).toHaveLength(5);
  const text = kept.map(({ row }) => row).join("\n");
  expect(text).toContain("lwa.exchangeCode");
  for (const secret of ["canary-refresh", "canary-access", "secret-of-the-client", "canary-code", "canary-verifier"])
    expect(text).not.toContain(secret);
  expect(text).not.toMatch(/canary-(signature|state|path)|Atz[arc]\|/);
});

test("calls are kept for 30 days", async () => {
  const { ctx, clock, caller, keep } = await anOffice();
  const daysAgo = (days: number) => new Date(clock().getTime() - days * 86_400_000);
  await keep([
    [aCall({ at: daysAgo(29.9) }), caller()],
    ...Array.from({ length: 30 }, (): [CallRecord, Caller] => [aCall({ at: daysAgo(30.1) }), caller()]),
  ]);
  await forgetCalls(ctx);
  expect((await list(ctx)).total).toBe(1);
});

/** A database that can be taken away. */
function aDatabase() {
  let away = false;
  let written = 0;
  const database = {
    withAgency: ((agencyId: string, work: Parameters<typeof db.withAgency>[1]) => {
      if (away) return Promise.reject(Object.assign(new Error("no database"), { code: "ECONNREFUSED" }));
      written++;
      return db.withAgency(agencyId, work);
    }) as typeof db.withAgency,
  };
  const set = (state: "away" | "back") => {
    away = state === "away";
  };
  return { database, set, writes: () => written };
}

test("many calls are written with few statements", async () => {
  const { ctx, caller } = await anOffice();
  const { database, writes } = aDatabase();
  const ledger = createCallLedger({ database, log: silent });
  for (let index = 0; index < 1_000; index++) ledger.record(aCall(), caller());
  await ledger.close();
  expect((await list(ctx)).total).toBe(1_000);
  expect(writes()).toBeLessThanOrEqual(11);
});

test("while the database is away calls are kept, the oldest are dropped at the limit, and how many is said", async () => {
  const { ctx, caller } = await anOffice();
  const { database, set } = aDatabase();
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => lines.push(line) });
  const ledger: CallLedger = createCallLedger({ database, log, capacity: 200 });
  set("away");
  const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 11, 0, second));
  for (let second = 0; second < 1_000; second++) ledger.record(aCall({ at: at(second) }), caller());
  await until(async () => lines.some((line) => line.includes("kept in memory until")));
  set("back");
  await ledger.close();
  const { items, total } = await list(ctx);
  expect(total).toBe(200);
  expect(items[0]?.at).toBe(at(999).toISOString());
  expect(lines.join("")).toContain('"lost":800');
});

test("rows that Postgres refuses cost themselves only, and a call on nobody's behalf is an error in the log", async () => {
  const { ctx, caller } = await anOffice();
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => lines.push(line) });
  const ledger = createCallLedger({ database: db, log });
  ledger.record(aCall(), { ...caller(), agencyId: "no uuid" });
  ledger.record(aCall(), undefined);
  ledger.record(aCall({ message: "with a NUL \0 in it", error: "rejected" }), caller());
  await ledger.close();
  expect((await list(ctx)).items.map(({ error }) => error)).toEqual(["with a NUL  in it"]);
  expect(lines.join("")).toContain("could not be recorded");
  expect(lines.join("")).toContain("nobody's behalf");
});

test("open pages are told of new calls once, however many there are", async () => {
  const { agencyId, caller } = await anOffice();
  const news: string[] = [];
  const { unlisten } = await db.pool.listen("tidemark", (text) => {
    const { resource, agencyId: whose } = JSON.parse(text) as { resource: string; agencyId: string };
    if (whose === agencyId) news.push(resource);
  });
  const ledger = createCallLedger({ database: db, log: silent });
  for (let index = 0; index < 300; index++) ledger.record(aCall(), caller());
  await until(async () => news.length > 0);
  await ledger.close();
  await unlisten();
  expect(news).toEqual(["amazon-calls"]);
});
