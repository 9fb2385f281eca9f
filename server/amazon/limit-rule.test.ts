import fc from "fast-check";
import { expect, test } from "vitest";
import { admit, type Ceiling, type Limit, learn, type Outcome } from "./limit-rule";

const ceilings = fc.record({ perSecond: fc.integer({ min: 1, max: 200 }), burst: fc.integer({ min: 1, max: 50 }) });
const passed: Outcome = { kind: "passed" };

/** One limit in the hands of callers who always have another call to make. */
function driver(ceiling: Ceiling) {
  let limit: Limit | null = null;
  return {
    ask(now: number) {
      const step = admit(limit, now, ceiling);
      limit = step.limit;
      return step.verdict;
    },
    learn(now: number, pass: Parameters<typeof learn>[2]["pass"], outcome: Outcome) {
      limit = learn(limit, now, { pass, outcome, ceiling });
    },
    rate: () => limit?.perSecond ?? ceiling.perSecond,
  };
}

/** Amazon with a token bucket: `perSecond` may change while it runs. */
function bucket(capacity: number, perSecondAt: (now: number) => number) {
  let tokens = capacity;
  let at = 0;
  return (now: number): boolean => {
    tokens = Math.min(capacity, tokens + ((now - at) / 1000) * perSecondAt(now));
    at = now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}

function saturate(amazon: (now: number) => boolean, { ms, retryAfterMs }: { ms: number; retryAfterMs?: number }) {
  const limit = driver({ perSecond: 50, burst: 50 });
  const answers: { at: number; ok: boolean }[] = [];
  for (let now = 0; now < ms; ) {
    const verdict = limit.ask(now);
    if (!verdict.go) {
      now += verdict.waitMs;
      continue;
    }
    const ok = amazon(now);
    limit.learn(now, verdict.pass, ok ? passed : { kind: "limited", retryAfterMs });
    answers.push({ at: now, ok });
  }
  const within = (from: number, to: number) => answers.filter(({ at }) => at >= from && at < to);
  return {
    okPerSecond: (from: number, to: number) => within(from, to).filter(({ ok }) => ok).length / ((to - from) / 1000),
    refusedShare: (from: number, to: number) =>
      within(from, to).filter(({ ok }) => !ok).length / within(from, to).length,
  };
}

test("over any period exactly the rate goes out, and a burst at its start", () => {
  fc.assert(
    fc.property(ceilings, fc.integer({ min: 1_000, max: 30_000 }), (ceiling, period) => {
      const limit = driver(ceiling);
      let granted = 0;
      for (let now = 0; now < period; ) {
        const verdict = limit.ask(now);
        if (verdict.go) granted++;
        else now += verdict.waitMs;
      }
      const ideal = ceiling.burst + (period / 1000) * ceiling.perSecond;
      expect(granted).toBeLessThanOrEqual(Math.ceil(ideal));
      expect(granted).toBeGreaterThanOrEqual(Math.floor(ideal) - 1);
    }),
  );
});

test("a refused call may go when the time it was told has passed, and never before", () => {
  const steps = fc.array(
    fc.record({
      waitMs: fc.integer({ min: 0, max: 3_000 }),
      outcome: fc.constantFrom<Outcome>(
        passed,
        { kind: "answered" },
        { kind: "unanswered" },
        { kind: "limited", retryAfterMs: 700 },
        { kind: "limited", retryAfterMs: 5_000 },
        { kind: "limited" },
      ),
    }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(ceilings, steps, (ceiling, script) => {
      const limit = driver(ceiling);
      let now = 0;
      let quietUntil = 0;
      for (const { waitMs, outcome } of script) {
        now += waitMs;
        let verdict = limit.ask(now);
        if (!verdict.go) {
          expect(verdict.waitMs).toBeGreaterThan(0);
          now += verdict.waitMs;
          verdict = limit.ask(now);
        }
        expect(verdict.go).toBe(true);
        expect(now).toBeGreaterThanOrEqual(quietUntil);
        if (!verdict.go) return;
        limit.learn(now, verdict.pass, outcome);
        if (outcome.kind === "limited") quietUntil = now + (outcome.retryAfterMs ?? 30_000);
      }
    }),
  );
});

test("whatever the true limit, at least 90% of it is used, with few refusals", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 20 }), (perSecond, capacity) => {
      const run = saturate(
        bucket(capacity, () => perSecond),
        { ms: 1_800_000, retryAfterMs: 1_000 },
      );
      expect(run.okPerSecond(600_000, 1_800_000)).toBeGreaterThanOrEqual(0.9 * perSecond);
      expect(run.refusedShare(600_000, 1_800_000)).toBeLessThan(0.05);
    }),
    { numRuns: 25 },
  );
});

test("when Amazon allows more again, the rate follows", () => {
  const run = saturate(
    bucket(5, (now) => (now < 300_000 ? 3 : 12)),
    { ms: 1_200_000, retryAfterMs: 1_000 },
  );
  expect(run.okPerSecond(150_000, 300_000)).toBeGreaterThanOrEqual(0.9 * 3);
  expect(run.okPerSecond(600_000, 1_200_000)).toBeGreaterThanOrEqual(0.9 * 12);
});

test("many refusals of one moment slow down once, later ones again", () => {
  const limit = driver({ perSecond: 10, burst: 10 });
  const passes = Array.from({ length: 10 }, () => limit.ask(0)).flatMap((verdict) =>
    verdict.go ? [verdict.pass] : [],
  );
  expect(passes).toHaveLength(10);
  for (const pass of passes) limit.learn(100, pass, { kind: "limited", retryAfterMs: 1_000 });
  expect(limit.rate()).toBeCloseTo(7);
  const next = limit.ask(3_000);
  if (next.go) limit.learn(3_000, next.pass, { kind: "limited", retryAfterMs: 1_000 });
  expect(limit.rate()).toBeCloseTo(4.9);
});

test("the first cut starts from what was sent, not from the ceiling", () => {
  const limit = driver({ perSecond: 1_000, burst: 1_000 });
  const passes = Array.from({ length: 20 }, (_, index) => limit.ask(index)).flatMap((verdict) =>
    verdict.go ? [verdict.pass] : [],
  );
  const [pass] = passes;
  if (pass) limit.learn(30, pass, { kind: "limited", retryAfterMs: 1_000 });
  expect(limit.rate()).toBeCloseTo(14);
});
