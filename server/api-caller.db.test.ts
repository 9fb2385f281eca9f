// An API key from its making to its end, over HTTP.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startApi } from "../tests/support/api-server";
import { aBrand, aClock, aCtx, anAgency, aSource, type TestClock } from "../tests/support/ctx";
import { testDatabase } from "../tests/support/database";
import { anIdentity, auditedActions, aVisitor } from "../tests/support/people";
import type { Ctx } from "./core/context";
import { createLog } from "./core/log";
import { wholeList } from "./core/query";
import { inAgency, type TenantScope } from "./identity";
import { startSession } from "./identity/session";
import { users } from "./identity/tables";
import { createKey, revokeKey, rotateKey } from "./workspace/change-keys";
import { changeRoles } from "./workspace/change-member";
import type { Role } from "./workspace/contract";
import type { ApiKeySecret } from "./workspace/key-contract";
import { makeKey } from "./workspace/key-secret";
import { listKeys } from "./workspace/list-keys";
import { suspendMember } from "./workspace/suspend-member";
import { memberships } from "./workspace/tables";

const { db } = testDatabase();
const clock: TestClock = aClock(new Date());
const identity = anIdentity(db, clock);
const lines: string[] = [];
const log = createLog("debug", { write: (line: string) => void lines.push(line) });

let api: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  api = await startApi(db, { clock, log });
});
afterAll(() => api?.stop());

interface Call {
  key?: string;
  method?: string;
  from?: string;
  cookie?: string;
  origin?: string;
  body?: object;
}

async function ask(path: string, { key, method = "GET", from = "203.0.113.7", cookie, origin, body }: Call = {}) {
  const response = await fetch(api.url + path, {
    method,
    headers: {
      "x-forwarded-for": from,
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(cookie ? { cookie } : {}),
      ...(origin ? { origin } : {}),
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** A place in the agency, without a password. */
async function aMember(agencyId: string, role: Role) {
  const userId = randomUUID();
  await db.withAgency(agencyId, async ({ db: tx }) => {
    await tx
      .insert(users)
      .values({ agencyId, id: userId, personId: userId, email: `${userId}@agency.test`, name: role });
    await tx.insert(memberships).values({ agencyId, userId, brandId: null, role });
  });
  const ctx = aCtx(aSource(db, { clock }), agencyId, { userId, memberships: [{ brandId: null, role }] });
  return { userId, ctx };
}

async function anAgencyWithOps() {
  const agencyId = await anAgency(db);
  const [owner, ops] = [await aMember(agencyId, "owner"), await aMember(agencyId, "ops")];
  return { agencyId, owner: owner.ctx, ownerId: owner.userId, ops: ops.ctx, opsId: ops.userId };
}

async function aCookie(agencyId: string, userId: string): Promise<string> {
  const scope = <T>(work: (scope: TenantScope) => Promise<T>) => inAgency(identity, agencyId, work);
  const { token } = await scope((own) => startSession(own, userId, { visitor: aVisitor(), method: "password" }));
  return `tidemark_session=${agencyId}.${token}`;
}

const make = (ctx: Ctx, terms: object = {}) =>
  createKey(ctx, {
    name: "Nightly export",
    permissions: ["brands.read"],
    brandIds: null,
    ...terms,
  }) as Promise<ApiKeySecret>;

test("a key reads what it was made for, writes nothing else, and what it does bears its name", async () => {
  const { agencyId, owner, ops } = await anAgencyWithOps();
  await aBrand(db, agencyId, "Coast");
  const reading = await make(ops);
  const { status, body, headers } = await ask("brands", { key: reading.key });
  expect([status, body.map(({ name }: { name: string }) => name)]).toEqual([200, ["Coast"]]);
  expect(headers.get("cache-control")).toBe("no-store");
  const refused = await ask("brands", { key: reading.key, method: "POST", body: { name: "Cliff" } });
  expect([refused.status, refused.body.message]).toEqual([
    403,
    expect.stringContaining('This API key has no permission "brands.write"'),
  ]);
  const { key } = await make(ops, { name: "Importer", permissions: ["brands.read", "brands.write"] });
  expect((await ask("brands", { key, method: "POST", body: { name: "Cliff" } })).status).toBe(201);
  expect(await auditedActions(owner)).toEqual(expect.arrayContaining(["api-key.created", "brand.created"]));
});

test("a key may be no more than its owner is at the moment of use, nor more than that when it is handed over", async () => {
  const { agencyId, owner, ownerId, ops, opsId } = await anAgencyWithOps();
  const [coast, cliff] = [await aBrand(db, agencyId, "Coast"), await aBrand(db, agencyId, "Cliff")];
  const { key } = await make(ops, { permissions: ["brands.read", "brands.write"] });
  const rename = { key, method: "PATCH", body: { name: "Shore", version: 1 } };
  await changeRoles(owner, { id: opsId, roles: [{ brandId: coast, role: "client" }] });
  expect((await ask("brands", { key })).body).toMatchObject([{ id: coast }]);
  expect((await ask(`brands/${cliff}`, { key })).status).toBe(404);
  expect((await ask(`brands/${coast}`, rename)).status).toBe(403);
  await suspendMember(owner, { id: opsId, handOverTo: ownerId });
  expect((await ask("brands", { key })).body).toMatchObject([{ id: coast }]);
  expect((await ask(`brands/${coast}`, rename)).status).toBe(403);
});

test("a key for one brand knows no other, and may nothing that is the whole agency's", async () => {
  const { agencyId, owner } = await anAgencyWithOps();
  const [coast, cliff] = [await aBrand(db, agencyId, "Coast"), await aBrand(db, agencyId, "Cliff")];
  const { key } = await make(owner, { permissions: ["brands.read", "brands.write"], brandIds: [coast] });
  expect((await ask("brands", { key })).body).toMatchObject([{ id: coast }]);
  expect((await ask(`brands/${cliff}`, { key })).status).toBe(404);
  expect((await ask(`brands/${cliff}`, { key, method: "PATCH", body: { name: "X", version: 1 } })).status).toBe(404);
  expect((await ask(`brands/${coast}`, { key, method: "PATCH", body: { name: "Shore", version: 1 } })).status).toBe(
    200,
  );
  expect((await ask("brands", { key, method: "POST", body: { name: "New" } })).status).toBe(403);
});

test("a key is no person: not their profile, messages or sessions, and not keys, whatever it was made with", async () => {
  const { owner } = await anAgencyWithOps();
  for (const permission of ["profile.read", "keys.write", "no-such.read"]) {
    await expect(make(owner, { permissions: [permission] })).rejects.toMatchObject({
      code: "invalid",
      fields: { permissions: expect.stringContaining(permission) },
    });
  }
  const { key } = await make(owner);
  for (const path of ["profile/me", "messages", "sessions", "api-keys", "notification-preferences/me"]) {
    expect([path, (await ask(path, { key })).status]).toEqual([path, 403]);
  }
});

test("nobody gives a key what they do not have themselves", async () => {
  const { agencyId, owner } = await anAgencyWithOps();
  const [coast, cliff] = [await aBrand(db, agencyId), await aBrand(db, agencyId)];
  const ops = aCtx(aSource(db, { clock }), agencyId, { memberships: [{ brandId: coast, role: "ops" }] });
  await expect(make(ops, { permissions: ["members.write"] })).rejects.toMatchObject({ code: "invalid" });
  await expect(make(ops, { brandIds: [cliff] })).rejects.toMatchObject({
    code: "invalid",
    fields: { brandIds: expect.any(String) },
  });
  const tooLong = new Date(clock().getTime() + 400 * 86_400_000).toISOString();
  await expect(make(owner, { expiresAt: tooLong })).rejects.toMatchObject({
    fields: { expiresAt: expect.any(String) },
  });
  await expect(make(owner, { networks: ["nowhere"] })).rejects.toMatchObject({
    fields: { networks: expect.any(String) },
  });
});

test("unknown and malformed keys are answered alike; revoked, expired and foreign ones are told why", async () => {
  const { owner } = await anAgencyWithOps();
  const same = ({ status, body, headers }: Awaited<ReturnType<typeof ask>>) => [
    status,
    { ...body, requestId: "" },
    headers.get("www-authenticate"),
  ];
  const answers = await Promise.all([makeKey(), "tdmk_live_short", "anything"].map((key) => ask("brands", { key })));
  expect(answers.map(same)).toEqual(
    Array(3).fill([401, expect.objectContaining({ message: "This API key is not known." }), "Bearer"]),
  );
  const office = await make(owner, {
    networks: ["198.51.100.0/24"],
    expiresAt: new Date(clock().getTime() + 3_600_000).toISOString(),
  });
  expect((await ask("brands", { key: office.key, from: "198.51.100.9" })).status).toBe(200);
  const away = await ask("brands", { key: office.key });
  expect([away.status, away.body.message]).toEqual([403, expect.stringContaining("may not be used from 203.0.113.7")]);
  clock.advance({ hours: 2 });
  const late = await ask("brands", { key: office.key, from: "198.51.100.9" });
  expect([late.status, late.body.message]).toEqual([401, expect.stringContaining("expired")]);
});

test("revoking holds for the next call, and the last use is written down once a minute", async () => {
  const { owner, ops } = await anAgencyWithOps();
  const made = await make(ops);
  const used = async () => {
    const { items } = await owner.tx((tx) => listKeys(tx, wholeList()));
    return items.find(({ id }) => id === made.id);
  };
  expect((await used())?.lastUsedAt).toBeNull();
  await ask("brands", { key: made.key });
  const first = clock().toISOString();
  expect(await used()).toMatchObject({ lastUsedAt: first, lastUsedIp: "203.0.113.7" });
  clock.advance({ seconds: 30 });
  await ask("brands", { key: made.key, from: "203.0.113.8" });
  expect(await used()).toMatchObject({ lastUsedAt: first, lastUsedIp: "203.0.113.7" });
  clock.advance({ seconds: 31 });
  await ask("brands", { key: made.key, from: "203.0.113.8" });
  expect(await used()).toMatchObject({ lastUsedAt: clock().toISOString(), lastUsedIp: "203.0.113.8" });
  await revokeKey(owner, { id: made.id });
  const { status, body } = await ask("brands", { key: made.key });
  expect([status, body.message]).toEqual([401, expect.stringContaining("was revoked")]);
  // Its owner's admin sees that it is still tried, and is not drowned in it.
  await ask("brands", { key: made.key });
  expect((await auditedActions(owner)).filter((action) => action === "api-key.refused")).toHaveLength(1);
});

test("rotation gives a new key while the old one works until a chosen moment; only its owner gets it", async () => {
  const { owner, ops } = await anAgencyWithOps();
  const old = await make(ops, { networks: ["203.0.113.0/24"] });
  await expect(rotateKey(owner, { id: old.id })).rejects.toMatchObject({ code: "forbidden" });
  const oldWorksUntil = new Date(clock().getTime() + 3_600_000).toISOString();
  const fresh = (await rotateKey(ops, { id: old.id, oldWorksUntil })) as ApiKeySecret;
  expect(fresh).toMatchObject({
    name: old.name,
    networks: old.networks,
    permissions: old.permissions,
    state: "active",
  });
  for (const { key } of [old, fresh]) expect((await ask("brands", { key })).status).toBe(200);
  await expect(rotateKey(ops, { id: old.id })).rejects.toMatchObject({ code: "conflict" });
  clock.advance({ hours: 1 });
  const late = await ask("brands", { key: old.key });
  expect([late.status, late.body.remedy]).toEqual([401, expect.stringContaining("took its place")]);
  expect((await ask("brands", { key: fresh.key })).status).toBe(200);
});

test("ops see their own keys, who looks after people sees all", async () => {
  const { owner, ops } = await anAgencyWithOps();
  const [theirs, own] = [await make(owner), await make(ops)];
  const ids = async (ctx: Ctx) => (await ctx.tx((tx) => listKeys(tx, wholeList()))).items.map(({ id }) => id).sort();
  expect(await ids(ops)).toEqual([own.id]);
  expect(await ids(owner)).toEqual([theirs.id, own.id].sort());
  await expect(revokeKey(ops, { id: theirs.id })).rejects.toMatchObject({ code: "not_found" });
});

test("with a key no cookie counts; without one a write needs our own page", async () => {
  const { agencyId, ops, opsId } = await anAgencyWithOps();
  const opsCookie = await aCookie(agencyId, opsId);
  const write = { method: "POST", body: { name: `Brand ${clock().getTime()}` }, origin: "https://elsewhere.example" };
  expect((await ask("brands", { ...write, cookie: opsCookie })).status).toBe(403);
  expect((await ask("brands", { ...write, cookie: opsCookie, key: makeKey() })).status).toBe(401);
  const { key } = await make(ops, { permissions: ["brands.write"] });
  expect((await ask("brands", { ...write, key })).status).toBe(201);
});

test("a key in the address is refused with the reason, and no whole key is ever logged", async () => {
  const { ops, owner } = await anAgencyWithOps();
  const { key, id } = await make(ops);
  const { status, body } = await ask(`brands?key=${key}`, { key });
  expect([status, body.message]).toEqual([400, expect.stringContaining("in the address")]);
  await ask(`brands/${key}`, { key });
  await revokeKey(owner, { id });
  await ask("brands", { key });
  log.warn({ deep: { value: [`x ${key}`] }, err: new Error(`no ${key}`) }, `key ${key}`);
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.join("")).toContain(key.slice(0, 16));
  expect(lines.filter((line) => /tdmk_live_[0-9A-Za-z]{36}/.test(line))).toEqual([]);
});
