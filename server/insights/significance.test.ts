import { expect, test } from "vitest";
import { compareRatios, criticalT, type DayRatio, twoSided } from "./significance";

test("Student's t is that of the tables", () => {
  expect(twoSided(2.160369, 13)).toBeCloseTo(0.05, 6);
  expect(twoSided(2.04523, 29)).toBeCloseTo(0.05, 6);
  expect(twoSided(-2.756386, 29)).toBeCloseTo(0.01, 6);
  expect(twoSided(0, 20)).toBeCloseTo(1, 10);
  expect(criticalT(0.05, 13)).toBeCloseTo(2.160369, 5);
  expect(criticalT(0.05, 1e6)).toBeCloseTo(1.959966, 4);
});

/** Numbers from a seed, evenly between 0 and 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Days of a campaign: rates that wander from day to day by far more than the count of impressions would make them. */
function aCampaign(random: () => number, rate: number, days = 28, memory = 0.3): DayRatio[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let drift = 0;
  return Array.from({ length: days }, () => {
    drift = memory * drift + 0.15 * normal();
    const under = 5000 * Math.exp(0.3 * normal());
    return { under, over: under * rate * Math.exp(drift) };
  });
}

const share = (times: number, hit: (random: () => number) => boolean): number => {
  let hits = 0;
  for (let seed = 1; seed <= times; seed++) if (hit(seeded(seed))) hits += 1;
  return hits / times;
};

interface Drawn {
  rates: [number, number];
  days?: number;
  memory?: number;
}

const isFound = (random: () => number, { rates: [a, b], days, memory }: Drawn): boolean => {
  const [first, second] = [aCampaign(random, a, days, memory), aCampaign(random, b, days, memory)];
  const found = compareRatios(first.map((day, index) => [day, second[index] ?? day]));
  return found !== null && found.p < 0.05;
};

test.each([
  [14, 0],
  [28, 0.3],
  [60, 0.3],
  [28, 0.6],
])(
  "of two campaigns that are alike about one in twenty is called different: %i days, each with %f of the one before",
  (days, memory) => {
    const rate = share(1500, (random) => isFound(random, { rates: [0.002, 0.002], days, memory }));
    expect(rate).toBeGreaterThan(0.025);
    expect(rate).toBeLessThan(memory > 0.5 ? 0.09 : 0.075);
  },
);

test("a difference of a quarter is found more often than not in four weeks, and nearly always in two months", () => {
  const power = (days: number) => share(400, (random) => isFound(random, { rates: [0.002, 0.0025], days }));
  expect(power(28)).toBeGreaterThan(0.6);
  expect(power(60)).toBeGreaterThan(0.95);
});

test("two weeks are the least, and nothing below the line is nothing to say", () => {
  const days = aCampaign(seeded(1), 0.002, 13);
  expect(compareRatios(days.map((day) => [day, day]))).toBeNull();
  const more = aCampaign(seeded(1), 0.002, 20);
  expect(compareRatios(more.map((day) => [day, { over: 0, under: 0 }]))).toBeNull();
});
