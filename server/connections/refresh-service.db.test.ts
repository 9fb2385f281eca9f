import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type DatabaseClock, installClock } from "../../scripts/database-clock";
import { type Census, createCensus } from "../../scripts/soak/tokens/census";
import { mostInFlight } from "../../scripts/soak/tokens/in-flight";
import { launchFleet, type Member } from "../../scripts/token-fleet";
import { amazonServices, testKey, testSandbox } from "../../tests/support/amazon-user";
import { aCtx, aSource, asOwner } from "../../tests/support/ctx";
import { ownDatabase } from "../../tests/support/database";
import { heard, hearing } from "../../tests/support/hearing";
import { until } from "../../tests/support/until";
import { systemContext } from "../context";
import type { Database } from "../core/db/connect";
import { createLog } from "../core/log";
import { getConnection, startRefreshService } from ".";
import { clientStanding, connectionStateChanged, consentEnding, Region } from "./contract";
import { renew } from "./renew";

const minute = 60_000;
const day = 24 * 60 * minute;
const sandbox = testSandbox();
let own: Awaited<ReturnType<typeof ownDatabase>>;
let clock: DatabaseClock;
let census: Census;
let stops: (() => Promise<void>)[] = [];

const listeners = hearing([connectionStateChanged, consentEnding, clientStanding]);

beforeAll(async () => {
  own = await ownDatabase();
  clock = await installClock(own.ownerUrl);
  sandbox().control.clock.set({ now: clock.now().toISOString(), frozen: true });
  const { lwa } = amazonServices(sandbox()).amazon ?? {};
  const gates = Object.fromEntries(Region.options.map((region) => [region, lwa?.tokenHost(region) ?? ""]));
  const sql = postgres(own.ownerUrl, { max: 1, onnotice: () => {} });
  census = createCensus({ sql, clock, sandbox: sandbox(), key: testKey, gates });
  return async () => {
    await sql.end({ timeout: 5 });
    await clock.close();
  };
});

beforeEach(async () => {
  await wipe(own.db);
  sandbox().control.faults.clear();
});

afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
});

async function wipe(db: Database): Promise<void> {
  const ids = await db.withSystem((tx) => tx.db.execute<{ id: string }>(sql`delete from agencies returning id`));
  await db.withSystem((tx) => tx.db.execute(sql`delete from token_gates`));
  for (const { id } of ids) {
    await db.withAgency(id, async (tx) => {
      await tx.db.execute(sql`delete from grants`);
      await tx.db.execute(sql`delete from connections`);
    });
  }
}

function start(options: { clientSecret?: string; inFlight?: number } = {}) {
  const services = amazonServices(sandbox(), { clientSecret: options.clientSecret });
  const source = aSource(own.db, { services, clock: () => clock.now(), jobs: listeners });
  const service = startRefreshService({
    database: own.db,
    amazon: source.services.amazon,
    log: createLog("silent"),
    context: (agencyId) => systemContext(source, { agencyId, job: "connections.refresh" }),
    inFlight: options.inFlight,
  });
  stops.push(service.stop);
  return { source, stop: service.stop };
}

const fleetOf = (connections: number, agencies = 1): Promise<Member[]> =>
  launchFleet({ ownerUrl: own.ownerUrl, sandbox: sandbox(), key: testKey, agencies, connections });

async function pass(ms: number): Promise<void> {
  sandbox().control.clock.set({ advanceSeconds: ms / 1000 });
  await clock.advance(ms);
}

interface Seen {
  state: string;
  life: number;
  failures: number;
  outcome: string | null;
  reason: string | null;
}

/** The connection and its token's life in minutes. */
async function see({ agencyId, connectionId }: Member): Promise<Seen> {
  const [row] = await own.db.withAgency(agencyId, (tx) =>
    tx.db.execute<Record<string, unknown> & Seen>(sql`
      select c.state, g.failures, g.last_outcome as outcome, c.state_reason as reason,
        coalesce(extract(epoch from g.access_expires_at - tidemark_now()) / 60, 0)::float as life
      from connections c join grants g on g.connection_id = c.id where c.id = ${connectionId}`),
  );
  if (!row) throw new Error("no such connection");
  return row;
}

const calls = (region?: string) =>
  sandbox()
    .control.calls.list({ operation: "lwa.token" })
    .filter((call) => !region || call.region === region).length;
const areFresh = async (fleet: Member[]) => (await Promise.all(fleet.map(see))).every(({ life }) => life > 39);
const fresh = (fleet: Member[]) => passUntil(() => areFresh(fleet), 2 * minute, 10_000);

/** Moves time on until it is so, a step at a time; what is due at a moment is done before time goes on. */
async function passUntil(ask: () => Promise<boolean>, atMostMs: number, stepMs = minute / 2): Promise<void> {
  await census.settle();
  for (let passed = 0; !(await ask()); passed += stepMs) {
    if (passed > atMostMs) throw new Error(`not so after ${passed / minute} minutes`);
    await pass(stepMs);
    await census.settle();
  }
}

test("every grant of every agency is kept fresh without anyone asking, once each time it is due", async () => {
  const fleet = await fleetOf(30, 3);
  const before = calls();
  start();
  await fresh(fleet);
  expect(calls() - before).toBe(30);
  // Renewed between 30 and 40 minutes after the last time: never in the last 20 minutes, and not all at once.
  await pass(29 * minute);
  await pass(1000);
  expect(calls() - before).toBe(30);
  await passUntil(async () => calls() - before >= 60, 11 * minute);
  await fresh(fleet);
  expect(calls() - before).toBe(60);
  const states = (await Promise.all(fleet.map(see))).map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(["healthy"]));
});

test("two processes share the work: no grant is renewed twice", async () => {
  const fleet = await fleetOf(60, 4);
  const before = calls();
  start();
  start();
  await fresh(fleet);
  expect(calls() - before).toBe(60);
});

test("a withdrawn consent is found within minutes; its owner hears of it once, with nothing before it", async () => {
  const [gone, well] = (await fleetOf(2)) as [Member, Member];
  const { source } = start();
  await fresh([gone, well]);
  sandbox().control.revoke({ refreshToken: gone.refreshToken });
  await pass(40 * minute);
  await passUntil(async () => (await see(gone)).failures === 1, 0);
  const found = clock.now();
  await passUntil(async () => (await see(gone)).state === "needs_reconsent", 6 * minute);
  expect(clock.now().getTime() - found.getTime()).toBeLessThanOrEqual(5 * minute);
  expect((await see(well)).state).toBe("healthy");
  const news = await heard(own.ownerUrl, connectionStateChanged);
  expect(news).toMatchObject([{ connectionId: gone.connectionId, from: "healthy", to: "needs_reconsent" }]);
  const [audit] = await own.db.withAgency(gone.agencyId, (tx) =>
    tx.db.execute(sql`select count(*)::int as n from audit_events where action = 'connection.became_needs_reconsent'`),
  );
  expect(audit).toEqual({ n: 1 });
  // Nothing was deleted by it.
  const shown = await aCtx(source, gone.agencyId).tx((tx) => getConnection(tx, gone.connectionId));
  expect(shown.stateRemedy).toContain("consent again");
  const [kept] = await own.db.withAgency(gone.agencyId, (tx) =>
    tx.db.execute(sql`select refresh_token is not null as kept from grants where connection_id = ${gone.connectionId}`),
  );
  expect(kept).toEqual({ kept: true });
});

test("a passing error is nobody's business while the token lives; a lasting one is told once, and its end once", async () => {
  const [member] = (await fleetOf(1)) as [Member];
  start();
  await fresh([member]);
  sandbox().control.faults.add({ path: "lwa.token", status: 503 });
  await pass(40 * minute);
  await until(async () => (await see(member)).failures > 0);
  expect(await see(member)).toMatchObject({
    state: "healthy",
    outcome: expect.stringContaining("could not be reached"),
  });
  await passUntil(async () => (await see(member)).state === "degraded", 15 * minute);
  expect((await see(member)).life).toBeGreaterThan(5);
  sandbox().control.faults.clear();
  await passUntil(async () => (await see(member)).life > 39, 10 * minute);
  expect(await see(member)).toMatchObject({ state: "healthy", reason: null, failures: 0 });
  expect(await heard(own.ownerUrl, connectionStateChanged)).toMatchObject([
    { from: "healthy", to: "degraded" },
    { from: "degraded", to: "healthy" },
  ]);
});

test("a region that is down costs a probe now and then; the other regions do not notice, and all come back by themselves", async () => {
  const fleet = await fleetOf(60, 2);
  start();
  await fresh(fleet);
  const away = sandbox().control.faults.add({ path: "lwa.token", region: "EU", drop: true });
  await pass(40 * minute);
  const others = fleet.filter(({ region }) => region !== "EU");
  const down = fleet.filter(({ region }) => region === "EU");
  await fresh(others);
  await until(async () => (await Promise.all(down.map(see))).some(({ failures }) => failures > 0));
  const before = calls("EU");
  for (let at = 0; at < 40; at++) {
    await pass(minute / 2);
    await census.settle();
  }
  await passUntil(async () => (await Promise.all(down.map(see))).every(({ state }) => state === "degraded"), minute);
  // Twenty minutes of outage for twenty connections.
  expect(calls("EU") - before).toBeLessThan(45);
  expect((await Promise.all(others.map(see))).every(({ state }) => state === "healthy")).toBe(true);
  sandbox().control.faults.clear(away.id);
  await passUntil(async () => (await Promise.all(down.map(see))).every(({ life }) => life > 30), 10 * minute);
  expect((await Promise.all(down.map(see))).every(({ state }) => state === "healthy")).toBe(true);
});

test("a wrong client secret pauses all, takes no consent for gone, and is one alarm an agency", async () => {
  const fleet = await fleetOf(12, 2);
  const first = start();
  await fresh(fleet);
  await first.stop();
  const wrong = start({ clientSecret: "not the secret" });
  const before = calls();
  await pass(40 * minute);
  await until(async () => (await heard(own.ownerUrl, clientStanding)).length === 2);
  await passUntil(
    async () => (await Promise.all(fleet.map(see))).every(({ state }) => state === "degraded"),
    20 * minute,
  );
  expect(calls() - before).toBeLessThan(60);
  await wrong.stop();
  start();
  await passUntil(
    async () => (await Promise.all(fleet.map(see))).every(({ state }) => state === "healthy"),
    10 * minute,
  );
  await until(async () => (await heard(own.ownerUrl, clientStanding)).length === 4);
  const news = await heard(own.ownerUrl, clientStanding);
  for (const { agencyId } of fleet.slice(0, 2)) {
    expect(news.filter((one) => one.agencyId === agencyId).map(({ accepted }) => accepted)).toEqual([false, true]);
  }
});

test("many tokens that end in one moment are renewed a few at a time, and come apart", async () => {
  const fleet = await fleetOf(200, 3);
  sandbox().control.calls.clear();
  sandbox().control.faults.add({ path: "lwa.token", delayMs: 20, afterEffect: true });
  start({ inFlight: 8 });
  await fresh(fleet);
  expect(mostInFlight(sandbox())).toBeLessThanOrEqual(8);
  const renewals = await Promise.all(
    [...new Set(fleet.map(({ agencyId }) => agencyId))].map((agencyId) =>
      own.db.withAgency(agencyId, (tx) =>
        tx.db.execute<{ at: number }>(sql`select extract(epoch from renew_at)::float as at from grants`),
      ),
    ),
  );
  const moments = renewals.flat().map(({ at }) => at);
  expect(Math.max(...moments) - Math.min(...moments)).toBeGreaterThan(8 * 60);
});

test("notice of a consent's end is given at 30, 14, 7 and 1 days, once each", async () => {
  const [member] = (await fleetOf(1)) as [Member];
  await own.db.withAgency(member.agencyId, (tx) =>
    tx.db.execute(sql`update connections set consent_expires_at = tidemark_now() + interval '32 days'`),
  );
  start();
  await fresh([member]);
  const told: number[] = [];
  for (let at = 0; at < 32; at++) {
    await pass(day);
    await passUntil(async () => (await see(member)).life > 39, minute, 1000);
    told.push((await heard(own.ownerUrl, consentEnding)).length);
  }
  const notices = await heard(own.ownerUrl, consentEnding);
  expect(notices.map(({ daysLeft }) => daysLeft)).toEqual([30, 14, 7, 1]);
  expect(told.indexOf(1)).toBe(1);
  expect(await see(member)).toMatchObject({ state: "expiring", reason: expect.stringContaining("may end on") });
  expect(await heard(own.ownerUrl, connectionStateChanged)).toEqual([]);
});

test("a renewal that a person asks for comes at once, but not sooner after a refusal", async () => {
  const [member] = (await fleetOf(1)) as [Member];
  const { source } = start();
  await fresh([member]);
  const before = calls();
  const ctx = aCtx(source, member.agencyId, { memberships: asOwner });
  await renew(ctx, { id: member.connectionId });
  await until(async () => calls() - before === 1);
  await fresh([member]);
  sandbox().control.revoke({ refreshToken: member.refreshToken });
  for (let times = 0; times < 3; times++) await renew(ctx, { id: member.connectionId });
  await until(async () => (await see(member)).failures === 1);
  await renew(ctx, { id: member.connectionId });
  expect(await see(member)).toMatchObject({ state: "healthy", failures: 1 });
  expect(calls() - before).toBe(2);
});
