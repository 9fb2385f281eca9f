import fc from "fast-check";
import { expect, test } from "vitest";
import { countOf, microsOf } from "./amounts";

test("money keeps every cent, however the decimal was written", () => {
  const cases: [number | string, bigint][] = [
    [0, 0n],
    [-0, 0n],
    [0.1 + 0.2, 300_000n],
    [1.005, 1_005_000n],
    [-12.34, -12_340_000n],
    ["-0.000001", -1n],
    ["0.0000004", 0n],
    ["0.0000005", 1n],
    [0.0000005, 1n],
    ["+5.", 5_000_000n],
    [".5", 500_000n],
    ["1e-3", 1_000n],
    [1.5e9, 1_500_000_000_000_000n],
    [9_007_199_254.740_993, 9_007_199_254_740_993n],
    ["9007199254740993.000001", 9_007_199_254_740_993_000_001n],
    ["-123456789012345678.9", -123_456_789_012_345_678_900_000n],
    ["1E21", 10n ** 27n],
  ];
  for (const [value, micros] of cases) expect(BigInt(microsOf(value) ?? "x"), String(value)).toBe(micros);
});

test("what is not a decimal is not money", () => {
  for (const value of ["", ".", "1,5", "12 USD", "0x10", "NaN", "1e9999", Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(microsOf(value), String(value)).toBeNull();
  }
});

test("a sum of cents in micros equals the sum of the cents", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -400_000_000, max: 400_000_000 })), (cents) => {
      const micros = cents.reduce((sum, cent) => sum + BigInt(microsOf(cent / 100) ?? 0), 0n);
      const texts = cents.reduce((sum, cent) => sum + BigInt(microsOf((cent / 100).toFixed(2)) ?? 0), 0n);
      const expected = cents.reduce((sum, cent) => sum + BigInt(cent) * 10_000n, 0n);
      expect(micros).toBe(expected);
      expect(texts).toBe(expected);
    }),
  );
});

test("counts are whole numbers of any size", () => {
  expect(countOf(12)).toBe(12);
  expect(countOf("12.000")).toBe(12);
  expect(countOf("1e3")).toBe(1000);
  expect(countOf("19007199254740993")).toBe(19_007_199_254_740_993n);
  expect(countOf(1.5)).toBeNull();
  expect(countOf("0.5")).toBeNull();
  expect(countOf("1e-9")).toBeNull();
  expect(countOf("many")).toBeNull();
});
