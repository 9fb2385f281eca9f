import { expect, test } from "vitest";
import { heldByCurves } from "../../tests/support/held-by-curves";
import { type Aged, expectedFinal, type History, knowsFrom, learnCurve } from "./maturity";

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

test("the bands hold the final value as often as they say, for weeks and months, with short and with long histories", () => {
  const held = heldByCurves(12);
  expect(held.cases).toBeGreaterThan(600);
  expect(held.share80).toBeGreaterThan(0.77);
  expect(held.share80).toBeLessThan(0.84);
  expect(held.share95).toBeGreaterThan(0.92);
  expect(held.share95).toBeLessThan(0.98);
  expect(Math.abs(held.bias)).toBeLessThan(0.005);
});
