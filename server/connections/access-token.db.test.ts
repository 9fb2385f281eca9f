import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  ageGrant,
  amazonServices,
  amazonUser,
  connected,
  openGates,
  testSandbox,
} from "../../tests/support/amazon-user";
import { connectionProcess } from "../../tests/support/connection-process";
import { aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { Unauthorized } from "../amazon";
import type { Ctx } from "../core/context";
import { accessSession, accessToken, getConnection, withAccessToken } from ".";
import { disconnect } from "./disconnect";
import { strikesUntilClosed } from "./gate-store";
import { type LeasedGrant, leaseGrant, storeFailure } from "./grant-store";

const { db, appUrl } = testDatabase();
const sandbox = testSandbox();

async function aConnection(options: { clientSecret?: string } = {}) {
  const agencyId = await anAgency(db);
  const clock = () => new Date();
  const source = aSource(db, { clock, services: amazonServices(sandbox(), { clock }) });
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  await openGates(ctx);
  const id = await connected(ctx, { userId: amazonUser(sandbox(), "Ava").id });
  if (!options.clientSecret) return { ctx, id, agencyId };
  const services = amazonServices(sandbox(), { clock, clientSecret: options.clientSecret });
  return { ctx: aCtx(aSource(db, { clock, services }), agencyId, { memberships: asOwner }), id, agencyId };
}

const tokenCalls = () => sandbox().control.calls.list({ operation: "lwa.token" }).length;
const stateOf = async (ctx: Ctx, id: string) => ctx.tx((tx) => getConnection(tx, id));
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => error,
  );

async function withFault<T>(fault: object, work: () => Promise<T>): Promise<T> {
  const { id } = sandbox().control.faults.add({ path: "/auth/o2/token", ...fault });
  try {
    return await work();
  } finally {
    sandbox().control.faults.clear(id);
  }
}

test("a token is used again while it lives more than five minutes, and renewed once it does not", async () => {
  const { ctx, id } = await aConnection();
  const before = tokenCalls();
  const first = await accessToken(ctx, id);
  expect(await accessToken(ctx, id)).toEqual(first);
  expect(tokenCalls()).toBe(before);
  await ageGrant(ctx, id, { expiresInSeconds: 4 * 60 });
  const second = await accessToken(ctx, id);
  expect(second.token).not.toBe(first.token);
  expect(second.version).toBe(first.version + 1);
  expect(tokenCalls() - before).toBe(1);
});

test("fifty callers at once on an expired token make one call to Amazon and get the same new token", async () => {
  const { ctx, id } = await aConnection();
  await ageGrant(ctx, id, { expiresInSeconds: -60 });
  const before = tokenCalls();
  const tokens = await Promise.all(Array.from({ length: 50 }, () => accessToken(ctx, id)));
  expect(tokenCalls() - before).toBe(1);
  expect(new Set(tokens.map((access) => access.token)).size).toBe(1);
});

test("callers in two processes make one call to Amazon together", async () => {
  const { ctx, id, agencyId } = await aConnection();
  const place = { appUrl, agencyId, sandbox: sandbox() };
  const errand = { kind: "tokens" as const, connectionId: id, callers: 15 };
  const children = [1, 2].map(() => connectionProcess(place, errand));
  await Promise.all(children.map((child) => child.ready));
  await ageGrant(ctx, id, { expiresInSeconds: -60 });
  const before = tokenCalls();
  const results = children.map((child) => child.result());
  for (const child of children) child.go();
  const here = await Promise.all(Array.from({ length: 20 }, () => accessToken(ctx, id)));
  const there = await Promise.all(results);
  const versions = [...here.map((access) => access.version), ...there.flat()];
  expect(versions).toHaveLength(50);
  expect(new Set(versions).size).toBe(1);
  expect(tokenCalls() - before).toBe(1);
}, 30_000);

test.each(["token.leased", "token.replied", "token.stored"])(
  "a process killed at %s leaves a connection whose token the next one gets",
  async (failpoint) => {
    const { ctx, id, agencyId } = await aConnection();
    await ageGrant(ctx, id, { expiresInSeconds: -60 });
    const place = { appUrl, agencyId, sandbox: sandbox() };
    const child = connectionProcess(place, { kind: "tokens", connectionId: id, callers: 1 }, failpoint);
    await child.ready;
    child.go();
    expect(await child.result()).toBeNull();
    // As if the lease's time had passed.
    await ctx.tx(({ db: tx }) => tx.execute(sql`update grants set lease_until = clock_timestamp()`));
    const { token } = await accessToken(ctx, id);
    const profiles = await ctx.services.amazon.accounts.listProfiles({ region: "NA", accessToken: token });
    expect(profiles.length).toBeGreaterThan(0);
    expect(await stateOf(ctx, id)).toMatchObject({ state: "healthy" });
  },
  30_000,
);

test("a refused token is confirmed three times, a minute apart, before the connection needs a new consent", async () => {
  const { ctx, id } = await aConnection();
  const { userId } = { userId: amazonUser(sandbox(), "Ava").id };
  sandbox().control.revoke({ userId });
  await ageGrant(ctx, id, { expiresInSeconds: -60 });
  const before = tokenCalls();
  for (const times of [1, 2]) {
    const refusal = await refusalOf(accessToken(ctx, id));
    expect(refusal).toMatchObject({ code: "unavailable" });
    expect(await stateOf(ctx, id)).toMatchObject({
      state: "degraded",
      stateReason: expect.stringContaining("refused"),
    });
    expect(await refusalOf(accessToken(ctx, id))).toMatchObject({
      code: "unavailable",
      retryAfterSeconds: expect.any(Number),
    });
    expect(tokenCalls() - before).toBe(times);
    await ageGrant(ctx, id, { rested: true });
  }
  expect(await refusalOf(accessToken(ctx, id))).toMatchObject({ code: "precondition" });
  const gone = await stateOf(ctx, id);
  expect(gone).toMatchObject({ state: "needs_reconsent", stateRemedy: expect.stringContaining("consent again") });
  expect(await refusalOf(accessToken(ctx, id))).toMatchObject({ code: "precondition" });
  expect(tokenCalls() - before).toBe(3);

  expect(await connected(ctx, { userId })).toBe(id);
  expect(await stateOf(ctx, id)).toMatchObject({ state: "healthy", stateReason: null });
  await ageGrant(ctx, id, { expiresInSeconds: -60 });
  expect((await accessToken(ctx, id)).token).toContain("Atza");
});

const body = (error: string) => ({ status: 400, body: { error, error_description: "said so" } });

test.each<[string, object, string]>([
  ["invalid_grant", body("invalid_grant"), "Amazon refused the token once"],
  ["invalid_client", { ...body("invalid_client"), status: 401 }, "client id or secret"],
  ["unauthorized_client", body("unauthorized_client"), "client id or secret"],
  ["invalid_request", body("invalid_request"), "refused the request for a token"],
  ["unsupported_grant_type", body("unsupported_grant_type"), "refused the request for a token"],
  ["invalid_scope", body("invalid_scope"), "refused the request for a token"],
  ["400 in HTML", { status: 400, body: "<html>proxy</html>" }, "could not be read"],
  ["200 in HTML", { status: 200, body: "<html>sign in</html>" }, "could not be read"],
  ["200 and nothing", { status: 200, body: "" }, "could not be read"],
  ["200 without a token", { status: 200, body: { token_type: "bearer" } }, "could not be read"],
  ["200 cut short", { malformed: true }, "could not be read"],
  ["429 with Retry-After", { status: 429, retryAfter: 40 }, "limiting requests"],
  ["429 without Retry-After", { status: 429 }, "limiting requests"],
  ["500", { status: 500 }, "could not be reached"],
  ["503 in HTML", { status: 503, body: "<html>down</html>" }, "could not be reached"],
  ["a cut connection", { drop: true }, "could not be reached"],
  ["20 MB", { status: 200, body: "x".repeat(20_000_000) }, "could not be read"],
])("%s from the token host degrades the connection and says why, however often", async (_, fault, words) => {
  const { ctx, id } = await aConnection();
  for (let times = 0; times < 2; times++) {
    await ageGrant(ctx, id, { expiresInSeconds: -60, rested: true });
    const refusal = await withFault(fault, () => refusalOf(accessToken(ctx, id)));
    expect(refusal).toMatchObject({ code: "unavailable", retryAfterSeconds: expect.any(Number) });
    if (times > 0) continue;
    const { state, stateReason, stateRemedy, token } = await stateOf(ctx, id);
    expect(state).toBe("degraded");
    expect(stateReason).toContain(words);
    expect(stateRemedy).toBeTruthy();
    expect(token.retryAt).toBeTruthy();
  }
  expect((await stateOf(ctx, id)).state).toBe("degraded");
});

test("a connection that was degraded is healthy after the next good answer", async () => {
  const { ctx, id } = await aConnection();
  await ageGrant(ctx, id, { expiresInSeconds: -60 });
  await withFault({ status: 503 }, () => refusalOf(accessToken(ctx, id)));
  expect((await stateOf(ctx, id)).state).toBe("degraded");
  await ageGrant(ctx, id, { rested: true });
  await accessToken(ctx, id);
  expect(await stateOf(ctx, id)).toMatchObject({ state: "healthy", stateReason: null, stateRemedy: null });
});

test("a wrong client secret never makes a connection need a new consent", async () => {
  const { ctx, id } = await aConnection({ clientSecret: "not the secret" });
  for (let times = 0; times < 4; times++) {
    await ageGrant(ctx, id, { expiresInSeconds: -60, rested: true });
    expect(await refusalOf(accessToken(ctx, id))).toMatchObject({ code: "unavailable" });
  }
  expect(await stateOf(ctx, id)).toMatchObject({
    state: "degraded",
    stateRemedy: expect.stringContaining("AMAZON_CLIENT_SECRET"),
  });
});

test("while a new token cannot be had, one that still lives is used", async () => {
  const { ctx, id } = await aConnection();
  const { token } = await accessToken(ctx, id);
  await ageGrant(ctx, id, { expiresInSeconds: 120 });
  expect((await withFault({ status: 503 }, () => accessToken(ctx, id))).token).toBe(token);
  await ageGrant(ctx, id, { expiresInSeconds: 10 });
  expect(await refusalOf(accessToken(ctx, id))).toMatchObject({ code: "unavailable" });
});

test("a caller whose grant has to wait leaves the look at a closed host to one whose grant need not", async () => {
  const { ctx, id } = await aConnection();
  const key = ctx.services.amazon.lwa.tokenHost("NA");
  await ageGrant(ctx, id, { expiresInSeconds: -60 });
  await withFault({ path: "/auth/o2/token", status: 503 }, async () => {
    for (let times = 0; times < strikesUntilClosed; times++) {
      await refusalOf(accessToken(ctx, id));
      await ageGrant(ctx, id, { rested: true });
    }
  });
  const due = async () => {
    const [gate] = await ctx.tx(
      ({ sql }) => sql`select closed_until <= tidemark_now() as due from token_gates where key = ${key}`,
    );
    return gate?.due;
  };
  expect(await due()).toBe(true);
  await ctx.tx(
    ({ sql }) => sql`update grants set retry_at = tidemark_now() + interval '1 minute' where connection_id = ${id}`,
  );
  await ageGrant(ctx, id, { expiresInSeconds: 120 });
  expect((await accessToken(ctx, id)).token).toBeTruthy();
  expect(await due()).toBe(true);
  await ageGrant(ctx, id, { expiresInSeconds: -60, rested: true });
  expect((await accessToken(ctx, id)).token).toBeTruthy();
  expect(await due()).toBeUndefined();
});

const listProfiles = (ctx: Ctx) => (token: string) =>
  ctx.services.amazon.accounts.listProfiles({ region: "NA", accessToken: token });

test("a 401 in the middle of work fetches one new token and repeats the call", async () => {
  const { ctx, id } = await aConnection();
  const before = tokenCalls();
  const fault = sandbox().control.faults.add({ path: "/v2/profiles", status: 401, times: 1 });
  const profiles = await withAccessToken(ctx, id, listProfiles(ctx));
  sandbox().control.faults.clear(fault.id);
  expect(profiles.length).toBeGreaterThan(0);
  expect(tokenCalls() - before).toBe(1);
});

test("a second 401 is about the user's rights: it is thrown, and costs no further token in the same session", async () => {
  const { ctx, id } = await aConnection();
  const before = tokenCalls();
  const fault = sandbox().control.faults.add({ path: "/v2/profiles", status: 401 });
  const session = accessSession(ctx, id);
  for (let times = 0; times < 3; times++) {
    expect(await refusalOf(session(listProfiles(ctx)))).toBeInstanceOf(Unauthorized);
  }
  sandbox().control.faults.clear(fault.id);
  expect(tokenCalls() - before).toBe(1);
  expect((await stateOf(ctx, id)).state).toBe("healthy");
});

test("a disconnect during a refresh wins: the late reply is dropped and no token is kept", async () => {
  const { ctx, id } = await aConnection();
  await ageGrant(ctx, id, { expiresInSeconds: -60 });
  const before = tokenCalls();
  const refusal = await withFault({ delayMs: 400 }, async () => {
    const asked = refusalOf(accessToken(ctx, id));
    await expect
      .poll(() => ctx.tx(({ db: tx }) => tx.execute(sql`select 1 from grants where lease_owner is not null`)))
      .toHaveLength(1);
    await disconnect(ctx, { id });
    return asked;
  });
  expect(tokenCalls() - before).toBe(1);
  expect(refusal).toMatchObject({ code: "precondition", message: expect.stringContaining("disconnected") });
  const [kept] = await ctx.tx(({ db: tx }) =>
    tx.execute<{ tokens: number }>(sql`select num_nonnulls(refresh_token, access_token)::int as tokens from grants`),
  );
  expect(kept?.tokens).toBe(0);
  expect(await stateOf(ctx, id)).toMatchObject({
    state: "disconnected",
    stateReason: expect.stringContaining("deleted"),
  });
});

test("a refusal that arrives after the lease has passed to another is not counted beside that one's", async () => {
  const { ctx, id } = await aConnection();
  await ageGrant(ctx, id, { expiresInSeconds: -60 });
  const lease = (owner: string, ms: number) => ctx.tx((tx) => leaseGrant(tx, id, { owner, ms, marginMs: 0 }));
  const [late, holder] = [await lease("late", 0), await lease("holder", 30_000)];
  const refused = { outcome: "Amazon refused the token.", rejected: true, retryInMs: 60_000 };
  const count = (read: LeasedGrant | null) => ctx.tx(async (tx) => read && storeFailure(tx, read.grant, refused));
  expect(await count(late)).toBeNull();
  expect(await count(holder)).toEqual({ failures: 1, rejections: 1 });
});

test("another agency cannot get at the token, and nobody can from inside a transaction", async () => {
  const { ctx, id } = await aConnection();
  const { ctx: stranger } = await aConnection();
  await expect(accessToken(stranger, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(ctx.tx((tx) => accessToken(tx, id))).rejects.toThrow("outside the transaction");
});

test("a sealed token copied from another connection does not open", async () => {
  const { ctx, id } = await aConnection();
  const other = await connected(ctx, { userId: amazonUser(sandbox(), "Ben").id });
  await ctx.tx(({ db: tx }) =>
    tx.execute(sql`update grants g set access_token = o.access_token from grants o
      where g.connection_id = ${id} and o.connection_id = ${other}`),
  );
  await expect(accessToken(ctx, id)).rejects.toMatchObject({ code: "internal" });
  expect((await accessToken(ctx, other)).token).toContain("Atza");
});
