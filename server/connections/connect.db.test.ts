import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  amazonServices,
  amazonUser,
  connected,
  consentAt,
  consented,
  testSandbox,
} from "../../tests/support/amazon-user";
import { connectionProcess } from "../../tests/support/connection-process";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { anIdentity, aPerson } from "../../tests/support/people";
import { listAuditEvents } from "../audit";
import type { Ctx } from "../core/context";
import { AppError } from "../core/errors";
import { wholeList } from "../core/query";
import { setUserState } from "../identity";
import { beginOAuth, completeOAuth, getConnection, listConnections } from ".";

const { db, appUrl } = testDatabase();
const sandbox = testSandbox();

async function aPersonsCtx(options: { agencyId?: string; sessionId?: string } = {}) {
  const clock = aClock(new Date());
  const source = aSource(db, { clock, services: amazonServices(sandbox(), { clock }) });
  const agencyId = options.agencyId ?? (await anAgency(db));
  const ctx = aCtx(source, agencyId, { memberships: asOwner, sessionId: options.sessionId ?? "session-one" });
  return { ctx, clock, source, agencyId };
}

const ava = () => ({ userId: amazonUser(sandbox(), "Ava").id });
const tokenCalls = () => sandbox().control.calls.list({ operation: "lwa.token" }).length;

async function audited(ctx: Ctx): Promise<string[]> {
  const { items } = await ctx.tx((tx) => listAuditEvents(tx, wholeList()));
  return items.map((event) => event.action);
}

/** Consent given, browser on its way back. */
async function comingBack(ctx: Ctx, region: "NA" | "EU" | "FE" = "NA") {
  const { authorizeUrl } = await beginOAuth(ctx, { region });
  return consentAt(authorizeUrl, ava());
}

test("a consent becomes a connection that names the Amazon user, and a reload shows the same without a second exchange", async () => {
  const { ctx } = await aPersonsCtx();
  const { search, pathname } = await comingBack(ctx, "EU");
  expect(pathname).toBe("/connections/callback/eu");
  const before = tokenCalls();
  const outcome = await completeOAuth(ctx, { region: "EU", search });
  const again = await completeOAuth(ctx, { region: "EU", search });
  expect(again).toEqual(outcome);
  expect(tokenCalls() - before).toBe(1);
  const { items } = await ctx.tx((tx) => listConnections(tx, wholeList()));
  expect(items).toMatchObject([
    {
      amazonUserName: "Ava Brandt",
      region: "EU",
      state: "healthy",
      stateReason: null,
      scopes: ["advertising::campaign_management", "profile"],
      discovery: { NA: { state: "waiting" }, EU: { state: "waiting" }, FE: { state: "waiting" } },
    },
  ]);
  expect(await audited(ctx)).toEqual(expect.arrayContaining(["connection.consent_started", "connection.connected"]));
});

test("the same Amazon user again revives the same connection", async () => {
  const { ctx } = await aPersonsCtx();
  const first = await connected(ctx, ava());
  const before = await ctx.tx((tx) => getConnection(tx, first));
  const second = await connected(ctx, { ...ava(), region: "FE" });
  expect(second).toBe(first);
  const connection = await ctx.tx((tx) => getConnection(tx, first));
  expect(connection.region).toBe("FE");
  expect(Date.parse(connection.consentedAt)).toBeGreaterThan(Date.parse(before.consentedAt));
});

test("a new consent given by somebody else leaves the connection with its owner, unless the owner can no longer sign in", async () => {
  const { ctx, source, agencyId } = await aPersonsCtx();
  const identity = anIdentity(db, source.clock);
  const { userId: owner } = await aPerson(identity, agencyId, "admin");
  const brandId = await aBrand(db, agencyId);
  const ownerOf = async (id: string) => (await ctx.tx((tx) => getConnection(tx, id))).ownerUserId;
  const id = await connected(aCtx(source, agencyId, { memberships: asOwner, userId: owner }), ava());
  const { userId: other } = await aPerson(identity, agencyId, "ops");
  const ofOneBrand = aCtx(source, agencyId, { memberships: [{ brandId, role: "ops" }], userId: other });
  expect(await connected(ofOneBrand, ava())).toBe(id);
  expect(await ownerOf(id)).toBe(owner);
  await aCtx(source, agencyId).tx((tx) => setUserState(tx, owner, "suspended"));
  await connected(ofOneBrand, ava());
  expect(await ownerOf(id)).toBe(other);
});

test.each([
  ["no state", "?code=abc", "does not say which consent"],
  ["an unknown state", `?code=abc&state=${randomBytes(32).toString("base64url")}`, "no consent that was started here"],
  ["nothing at all", "", "does not say which consent"],
  ["a state that is far too long", `?code=abc&state=${"x".repeat(5000)}`, "does not say which consent"],
])("a callback with %s is refused in plain words, without a call to Amazon", async (_, search, words) => {
  const { ctx } = await aPersonsCtx();
  const before = tokenCalls();
  const outcome = await completeOAuth(ctx, { region: "NA", search });
  expect(outcome).toMatchObject({ kind: "failed", reason: expect.stringContaining(words), remedy: expect.any(String) });
  expect(tokenCalls()).toBe(before);
  expect(await audited(ctx)).toContain("connection.consent_refused");
});

test.each(["code", "state", "error", "scope", "error_description"])(
  "a doubled parameter %s is refused",
  async (name) => {
    const { ctx } = await aPersonsCtx();
    const { search } = await comingBack(ctx);
    const before = tokenCalls();
    const outcome = await completeOAuth(ctx, { region: "NA", search: `${search}&${name}=a&${name}=b` });
    expect(outcome).toMatchObject({ kind: "failed", reason: expect.stringContaining("more than once") });
    expect(tokenCalls()).toBe(before);
  },
);

test("a state of another session is refused and stays usable for its own", async () => {
  const { ctx, agencyId } = await aPersonsCtx();
  const { ctx: elsewhere } = await aPersonsCtx({ agencyId, sessionId: "session-two" });
  const { search } = await comingBack(ctx);
  const before = tokenCalls();
  const refused = await completeOAuth(elsewhere, { region: "NA", search });
  expect(refused).toMatchObject({ kind: "failed", reason: expect.stringContaining("another browser") });
  expect(tokenCalls()).toBe(before);
  expect(await completeOAuth(ctx, { region: "NA", search })).toMatchObject({ kind: "connected" });
});

test("a state of another agency is unknown", async () => {
  const { ctx } = await aPersonsCtx();
  const { ctx: stranger } = await aPersonsCtx();
  const { search } = await comingBack(ctx);
  const before = tokenCalls();
  const refused = await completeOAuth(stranger, { region: "NA", search });
  expect(refused).toMatchObject({
    kind: "failed",
    reason: expect.stringContaining("no consent that was started here"),
  });
  expect(tokenCalls()).toBe(before);
});

test("an answer at another region's address is refused and uses the state up", async () => {
  const { ctx } = await aPersonsCtx();
  const { search } = await comingBack(ctx, "NA");
  const before = tokenCalls();
  const refused = await completeOAuth(ctx, { region: "EU", search });
  expect(refused).toMatchObject({ kind: "failed", reason: expect.stringContaining("another region") });
  expect(await completeOAuth(ctx, { region: "NA", search })).toEqual(refused);
  expect(tokenCalls()).toBe(before);
});

test("an answer after ten minutes is refused", async () => {
  const { ctx, clock } = await aPersonsCtx();
  const { search } = await comingBack(ctx);
  clock.advance({ minutes: 10 });
  const before = tokenCalls();
  const refused = await completeOAuth(ctx, { region: "NA", search });
  expect(refused).toMatchObject({ kind: "failed", reason: expect.stringContaining("ten minutes") });
  expect(tokenCalls()).toBe(before);
});

test("whoever lost the right to connect meanwhile is refused", async () => {
  const { ctx, source, agencyId } = await aPersonsCtx();
  const { search } = await comingBack(ctx);
  const demoted = aCtx(source, agencyId, { memberships: [{ brandId: null, role: "lead" }], sessionId: "session-one" });
  const before = tokenCalls();
  expect(await completeOAuth(demoted, { region: "NA", search })).toMatchObject({
    kind: "failed",
    reason: expect.stringContaining("role"),
  });
  expect(tokenCalls()).toBe(before);
  await expect(beginOAuth(demoted, { region: "NA" })).rejects.toMatchObject({ code: "forbidden" });
});

test("a declined consent says so, and says so again on reload", async () => {
  const { ctx } = await aPersonsCtx();
  const { authorizeUrl } = await beginOAuth(ctx, { region: "NA" });
  const { search } = await consentAt(authorizeUrl, { ...ava(), decision: "deny" });
  const before = tokenCalls();
  const outcome = await completeOAuth(ctx, { region: "NA", search });
  expect(outcome).toMatchObject({ kind: "failed", reason: expect.stringContaining("declined") });
  expect(await completeOAuth(ctx, { region: "NA", search })).toEqual(outcome);
  expect(tokenCalls()).toBe(before);
});

test.each([
  "invalid_request",
  "invalid_scope",
  "unauthorized_client",
  "unsupported_response_type",
  "server_error",
  "temporarily_unavailable",
  "something_new",
])("Amazon's refusal %s is explained with a remedy", async (error) => {
  const { ctx } = await aPersonsCtx();
  const state = new URL((await beginOAuth(ctx, { region: "NA" })).authorizeUrl).searchParams.get("state");
  const before = tokenCalls();
  const outcome = await completeOAuth(ctx, { region: "NA", search: `?error=${error}&state=${state}` });
  expect(outcome).toMatchObject({ kind: "failed", reason: expect.any(String), remedy: expect.any(String) });
  expect(tokenCalls()).toBe(before);
});

test("a consent without the campaigns permission is refused before the exchange", async () => {
  const { ctx } = await aPersonsCtx();
  const { searchParams } = await comingBack(ctx);
  searchParams.set("scope", "profile");
  const before = tokenCalls();
  const outcome = await completeOAuth(ctx, { region: "NA", search: searchParams.toString() });
  expect(outcome).toMatchObject({ kind: "failed", reason: expect.stringContaining("permission") });
  expect(tokenCalls()).toBe(before);
});

test("a code that Amazon does not know leaves no connection", async () => {
  const { ctx } = await aPersonsCtx();
  const { searchParams } = await comingBack(ctx);
  searchParams.set("code", "made-up");
  const search = searchParams.toString();
  const outcome = await completeOAuth(ctx, { region: "NA", search });
  expect(outcome).toMatchObject({ kind: "failed", reason: expect.stringContaining("no longer accepts the code") });
  expect(await completeOAuth(ctx, { region: "NA", search })).toEqual(outcome);
  expect((await ctx.tx((tx) => listConnections(tx, wholeList()))).total).toBe(0);
});

test("an exchange that Amazon answers with a passing error is tried again", async () => {
  const { ctx } = await aPersonsCtx();
  const { search } = await comingBack(ctx);
  const fault = sandbox().control.faults.add({ path: "/auth/o2/token", status: 503, times: 1 });
  const outcome = await completeOAuth(ctx, { region: "NA", search }, async () => {});
  sandbox().control.faults.clear(fault.id);
  expect(outcome).toMatchObject({ kind: "connected" });
});

test.each(["oauth.consumed", "oauth.exchanged"])(
  "a process killed at %s leaves no half connection: the reload says to start again, and that works",
  async (failpoint) => {
    const { ctx, agencyId, clock } = await aPersonsCtx();
    const { search } = await comingBack(ctx);
    const place = { appUrl, agencyId, sandbox: sandbox() };
    const child = connectionProcess(place, { kind: "callback", search, sessionId: "session-one" }, failpoint);
    await child.ready;
    child.go();
    expect(await child.result()).toBeNull();
    const atOnce = async () => {};
    expect(await completeOAuth(ctx, { region: "NA", search }, atOnce)).toEqual({ kind: "under_way" });
    clock.advance({ minutes: 2 });
    const outcome = await completeOAuth(ctx, { region: "NA", search }, atOnce);
    expect(outcome).toMatchObject({ kind: "failed", reason: expect.stringContaining("interrupted") });
    expect((await ctx.tx((tx) => listConnections(tx, wholeList()))).total).toBe(0);
    expect(await consented(ctx, ava())).toMatchObject({ kind: "connected" });
  },
  30_000,
);

test("a process killed after it stored the connection has connected it: the reload shows that", async () => {
  const { ctx, agencyId } = await aPersonsCtx();
  const { search } = await comingBack(ctx);
  const place = { appUrl, agencyId, sandbox: sandbox() };
  const child = connectionProcess(place, { kind: "callback", search, sessionId: "session-one" }, "oauth.stored");
  await child.ready;
  child.go();
  expect(await child.result()).toBeNull();
  const before = tokenCalls();
  const outcome = await completeOAuth(ctx, { region: "NA", search });
  expect(outcome).toMatchObject({ kind: "connected" });
  expect(tokenCalls()).toBe(before);
}, 30_000);

test("two answers with one state at the same time make one exchange and one outcome", async () => {
  const { ctx } = await aPersonsCtx();
  const { search } = await comingBack(ctx);
  const before = tokenCalls();
  const outcomes = await Promise.all([1, 2, 3].map(() => completeOAuth(ctx, { region: "NA", search })));
  expect(tokenCalls() - before).toBe(1);
  expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  expect(outcomes[0]).toMatchObject({ kind: "connected" });
});

test("nothing that was kept or logged in the audit holds a token, a code or a state in the clear", async () => {
  const { ctx } = await aPersonsCtx();
  const { search, searchParams } = await comingBack(ctx);
  await completeOAuth(ctx, { region: "NA", search });
  const dump = await ctx.tx(async ({ db: tx }) => {
    const tables = ["oauth_states", "connections", "grants", "audit_events", "accounts", "account_access"];
    const rows = await Promise.all(
      tables.map((name) => tx.execute(sql`select t::text from ${sql.identifier(name)} t`)),
    );
    return JSON.stringify(rows);
  });
  expect(dump).toContain("Ava Brandt");
  expect(dump).not.toMatch(/Atz[ar]\|/);
  expect(dump).not.toContain(searchParams.get("state"));
  expect(dump).not.toContain(searchParams.get("code"));
});

test("the system itself cannot start a consent", async () => {
  const { source, agencyId } = await aPersonsCtx();
  await expect(beginOAuth(aCtx(source, agencyId), { region: "NA" })).rejects.toBeInstanceOf(AppError);
});
