import { expect, test } from "vitest";
import { type Aged, bandsOf, expectedFinal, type History, knowsFrom, learnCurve } from "./maturity";

/** A day of 100 is seen with 50, 80, 95 and then all of it. */
const shares = [0.5, 0.8, 0.95, 1];
const day = (final: number, upTo = 3): History => shares.slice(0, upTo + 1).map((share) => final * share);

test("growth is the ratio of sums over the days that were seen at both ages", () => {
  const curve = learnCurve([day(100), day(300), day(50, 1)], 3);
  expect(curve.growth.map((one) => Number(one.toFixed(4)))).toEqual([1.6, 1.1875, 1.0526]);
  expect(curve.seen).toEqual([3, 2, 2]);
  expect(knowsFrom(curve, 2)).toBe(false);
});

test("a sum is expected to become what its days come to; what is final stays as it is", () => {
  const curve = learnCurve([day(100), day(300), day(200)], 3);
  const days: Aged[] = [
    { value: 95, age: 2 },
    { value: 160, age: 2 - 1e-9 },
    { value: 70, age: 3 },
  ];
  expect(expectedFinal(curve, days).value).toBeCloseTo(100 + 200 + 70, 4);
  expect(expectedFinal(curve, [{ value: 70, age: 3 }])).toEqual({ value: 70, spread: 0 });
  expect(expectedFinal(curve, [{ value: 0, age: 1 }])).toEqual({ value: 0, spread: 0 });
});

test("between two answers of the first days growth is spread over the hours", () => {
  const curve = learnCurve([day(100), day(300), day(200)], 3, [0.5, 0.5]);
  const at = (age: number) => expectedFinal(curve, [{ value: 100, age }]).value;
  expect(at(1)).toBeGreaterThan(at(1.25));
  expect(at(1.25)).toBeGreaterThan(at(1.5));
  expect(at(1.5)).toBeCloseTo(at(1.9), 6);
});

/** A seeded source of numbers between 0 and 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const ages = 41;

/** Days whose conversions come late, each day with a pace of its own: what the variances of single steps do not know. */
function daysOfABrand(seed: number, count: number): number[][] {
  const random = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const poisson = (mean: number) => Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
  const [level, pace, unrest] = [50 + random() * 400, 1.5 + random() * 4, 0.02 + random() * 0.1];
  return Array.from({ length: count }, (_, index) => {
    const size = level * (1 + 0.3 * Math.sin((2 * Math.PI * index) / 7)) * Math.exp(0.15 * normal());
    const own = pace * Math.exp(unrest * normal());
    const values: number[] = [];
    let seen = 0;
    for (let age = 0; age <= ages; age++) {
      seen += poisson(size * (Math.exp(-age / own) - Math.exp(-(age + 1) / own)));
      values.push(seen);
    }
    return values;
  });
}

test("the bands hold the final value as often as they say, for weeks and months, with short and with long histories", () => {
  const held = { cases: 0, in80: 0, in95: 0, bias: 0 };
  for (let brand = 0; brand < 12; brand++) {
    for (const [learnt, window] of [
      [60, 7],
      [90, 30],
      [150, 7],
      [150, 30],
    ] as const) {
      const days = daysOfABrand(1000 + brand, learnt + 170);
      for (let now = learnt; now < days.length - ages - 1; now += 9) {
        const known = days.slice(now - learnt, now + 1).map((one, index, all) => one.slice(0, all.length - index));
        const curve = learnCurve(known, ages);
        const asked = days.slice(now - window, now);
        const aged = asked.map((one, index): Aged => {
          const age = Math.min(window - index, ages);
          return { value: one[age] ?? 0, age: age === 1 ? 2 - 1e-9 : age };
        });
        const expected = expectedFinal(curve, aged);
        const truth = asked.reduce((sum, one) => sum + (one[ages] ?? 0), 0);
        const { band80, band95 } = bandsOf(expected, curve);
        held.cases++;
        held.in80 += Number(band80[0] <= truth && truth <= band80[1]);
        held.in95 += Number(band95[0] <= truth && truth <= band95[1]);
        held.bias += expected.value / truth - 1;
      }
    }
  }
  expect(held.cases).toBeGreaterThan(600);
  expect(held.in80 / held.cases).toBeGreaterThan(0.77);
  expect(held.in80 / held.cases).toBeLessThan(0.84);
  expect(held.in95 / held.cases).toBeGreaterThan(0.92);
  expect(held.in95 / held.cases).toBeLessThan(0.98);
  expect(Math.abs(held.bias / held.cases)).toBeLessThan(0.005);
});
