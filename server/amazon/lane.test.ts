import fc from "fast-check";
import { expect, test } from "vitest";
import { type SimulatedTime, simulatedTime } from "../../tests/support/simulated-time";
import { asCaller, type Caller, type Priority } from "./caller";
import { Throttled } from "./errors";
import { createFairQueue, type Place } from "./fair-queue";
import { createLimiter, type LimiterOptions } from "./limiter";

const operation = "dsp.queryCampaigns";
const second = 1_000;

function aLimiter(options: Partial<LimiterOptions> = {}, perSecond = 10) {
  const time = simulatedTime();
  const limiter = createLimiter({
    clock: time.clock,
    timer: time.timer,
    ceilingOf: () => ({ perSecond, burst: 1 }),
    ...options,
  });
  /** When each call went out, by its name. */
  const sent: { name: string; at: number }[] = [];
  const held: { name: string; at: number; retryAfterMs: number | undefined }[] = [];
  const call = (name: string, caller: Partial<Caller> = {}, signal?: AbortSignal) =>
    asCaller({ agencyId: "agency", origin: "test", priority: "sync", ...caller }, () =>
      limiter.run({ key: "host client op account", operation, signal }, async () => {
        sent.push({ name, at: time.now() });
      }),
    ).catch((error: unknown) => {
      if (!(error instanceof Throttled && error.held)) throw error;
      held.push({ name, at: time.now(), retryAfterMs: error.retryAfterMs });
    });
  const times = (count: number, name: string, caller: Partial<Caller> = {}) => {
    for (let index = 0; index < count; index++) void call(name, caller);
  };
  return { time, limiter, sent, held, call, times };
}

const namesOf = (sent: { name: string }[]) => sent.map(({ name }) => name);

async function refuseOnce(
  { limiter }: ReturnType<typeof aLimiter>,
  retryAfterMs: number,
  { agencyId = "agency" } = {},
): Promise<void> {
  const call = { key: "host client op account", operation };
  const refused = () => Promise.reject(new Throttled({ operation }, { retryAfterMs }));
  await asCaller({ agencyId, origin: "test", priority: "sync" }, () => limiter.run(call, refused)).catch(() => {});
}

test("a person's call goes before a sync's, and that before a backfill's", async () => {
  const { time, sent, call, times } = aLimiter();
  void call("first");
  times(3, "backfill", { priority: "backfill" });
  times(3, "sync");
  times(2, "person", { priority: "person" });
  await time.advance(second);
  expect(namesOf(sent)).toEqual(["first", "person", "person", ...Array(3).fill("sync"), ...Array(3).fill("backfill")]);
});

test("an agency with 10,000 waiting calls holds up another's single call by one turn", async () => {
  const { time, sent, call, times } = aLimiter();
  times(10_000, "big", { agencyId: "big" });
  void call("small", { agencyId: "small" });
  await time.advance(300);
  expect(namesOf(sent).indexOf("small")).toBeLessThanOrEqual(2);
});

test("a brand with 10,000 waiting calls holds up another brand of the agency by one turn", async () => {
  const { time, sent, call, times } = aLimiter();
  times(10_000, "big", { brandId: "big" });
  void call("small", { brandId: "small" });
  await time.advance(300);
  expect(namesOf(sent).indexOf("small")).toBeLessThanOrEqual(2);
});

test("whoever waits, agencies and then their brands get equal shares", () => {
  const places = fc.record({
    agencyId: fc.constantFrom("a", "b", "c"),
    brandId: fc.constantFrom("1", "2", undefined),
    priority: fc.constantFrom<Priority>("person", "sync", "backfill"),
  });
  fc.assert(
    fc.property(fc.array(places, { maxLength: 60 }), (waiting) => {
      const queue = createFairQueue<Place>();
      for (const place of waiting) queue.add(place, { ...place });
      const order: Place[] = [];
      for (let next = queue.take(); next; next = queue.take()) order.push(next);
      expect(order).toHaveLength(waiting.length);
      const rank = { person: 0, sync: 1, backfill: 2 };
      for (const [index, place] of order.entries()) {
        const later = order.slice(index + 1);
        expect(later.every((other) => rank[other.priority] >= rank[place.priority])).toBe(true);
        // Nobody has two turns while another of the same urgency waits for a first one in between.
        const peers = later.filter((other) => other.priority === place.priority);
        const again = peers.findIndex((other) => other.agencyId === place.agencyId);
        const others = new Set(peers.map(({ agencyId }) => agencyId).filter((id) => id !== place.agencyId));
        if (again >= 0) expect(new Set(peers.slice(0, again).map(({ agencyId }) => agencyId))).toEqual(others);
      }
    }),
  );
});

test("nothing is dropped: each call goes out or is sent back with a time, and those times are spread", async () => {
  const { time, sent, held, times } = aLimiter();
  times(500, "sync");
  await time.advance(30 * second);
  expect(sent.length + held.length).toBe(500);
  expect(sent.length).toBeGreaterThanOrEqual(100);
  expect(held.every(({ at }) => at === 10 * second)).toBe(true);
  const returns = held.map(({ retryAfterMs = 0 }) => retryAfterMs);
  expect(Math.max(...returns)).toBeGreaterThan(30 * second);
  expect(new Set(returns).size).toBeGreaterThan(300);
});

test("a person is given more patience than a backfill", async () => {
  const { time, held, call, times } = aLimiter({}, 0.5);
  void call("first");
  times(1, "late", { priority: "person" });
  for (const priority of ["person", "sync", "backfill"] as const) times(20, priority, { priority });
  await time.advance(60 * second);
  const firstHeld = (name: string) => held.find((one) => one.name === name)?.at;
  expect([firstHeld("backfill"), firstHeld("sync"), firstHeld("person")]).toEqual([5_000, 10_000, 15_000]);
});

test("a pause longer than anybody's patience sends everybody back at once, with its end", async () => {
  const rig = aLimiter();
  rig.times(20, "sync");
  void refuseOnce(rig, 60 * second, { agencyId: "other" });
  await rig.time.advance(1_000);
  expect(rig.sent.length + rig.held.length).toBe(20);
  expect(Math.min(...rig.held.map(({ retryAfterMs = 0 }) => retryAfterMs))).toBeGreaterThanOrEqual(59 * second);
});

test("a short pause is waited out here", async () => {
  const rig = aLimiter();
  await refuseOnce(rig, 3 * second);
  void rig.call("patient");
  await rig.time.advance(2_999);
  expect(rig.sent).toEqual([]);
  await rig.time.advance(1);
  expect(rig.sent).toEqual([{ name: "patient", at: 3 * second }]);
});

test("whoever gives up while waiting leaves at once with their own reason, and the turn goes to the next", async () => {
  const { time, sent, call } = aLimiter();
  void call("first");
  const controller = new AbortController();
  const reason = new Error("shutting down");
  const left = call("second", {}, controller.signal);
  void call("third");
  controller.abort(reason);
  await expect(left).rejects.toBe(reason);
  await time.advance(100);
  expect(namesOf(sent)).toEqual(["first", "third"]);
});

test("a clock that is set back holds nobody up", async () => {
  const time: SimulatedTime = simulatedTime(3_600_000);
  let back = 0;
  const clock = () => new Date(time.now() - back);
  const limiter = createLimiter({ clock, timer: time.timer, ceilingOf: () => ({ perSecond: 1, burst: 1 }) });
  let sent = 0;
  const call = () => limiter.run({ key: "k", operation }, async () => void sent++);
  await call();
  back = 1_800_000;
  const next = call();
  await time.advance(1_000);
  await next;
  expect(sent).toBe(2);
});

test("a call that comes while the last one of a lane is let go waits for one turn and no longer", async () => {
  for (let steps = 0; steps < 12; steps++) {
    const { time, limiter, sent, call } = aLimiter();
    void call("first");
    const next = async () => {
      for (let step = 0; step < steps; step++) await null;
      await call("next");
    };
    const work = async () => {
      void next();
    };
    void limiter.run({ key: "host client op account", operation }, work);
    await time.advance(second);
    expect(namesOf(sent), `${steps} steps later`).toEqual(["first", "next"]);
  }
});
