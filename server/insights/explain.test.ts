import fc from "fast-check";
import { expect, test } from "vitest";
import { byFactors, byRatio, bySum, type Part } from "./explain";

const sum = (shares: readonly { contribution: number }[] | null) =>
  (shares ?? []).reduce((total, one) => total + one.contribution, 0);
const amount = fc.double({ min: 0.001, max: 1e6, noNaN: true });

test("the contributions of factors add up to the change, whatever their order", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(amount, amount), { minLength: 1, maxLength: 5 }), (pairs) => {
      const factors = pairs.map(([before, after], index) => ({ id: `${index}`, before, after }));
      const product = (side: "before" | "after") => factors.reduce((whole, one) => whole * one[side], 1);
      const delta = product("after") - product("before");
      const size = Math.max(product("after"), product("before"));
      const shares = byFactors(factors) ?? [];
      expect(Math.abs(sum(shares) - delta) / size).toBeLessThan(1e-9);
      const reversed = byFactors(factors.toReversed()) ?? [];
      for (const { id, contribution } of shares) {
        const other = reversed.find((one) => one.id === id)?.contribution ?? Number.NaN;
        expect(Math.abs(contribution - other) / size).toBeLessThan(1e-9);
      }
    }),
  );
});

test("a factor that is nothing on one side is not explained by logarithms", () => {
  expect(byFactors([{ id: "a", before: 0, after: 2 }])).toBeNull();
  expect(byFactors([{ id: "a", before: 2, after: 2 }])).toEqual([{ id: "a", contribution: 0 }]);
});

const side = fc.record({
  over: fc.double({ min: 0, max: 1e6, noNaN: true }),
  under: fc.double({ min: 1, max: 1e6, noNaN: true }),
});
const parts = fc
  .array(fc.record({ before: side, after: side }), { minLength: 1, maxLength: 6 })
  .map((all) => all.map((one, index): Part => ({ id: `${index}`, ...one })));

test("the contributions of parts add up to the change of a sum, and of a ratio of sums", () => {
  fc.assert(
    fc.property(parts, (all) => {
      const total = (which: "before" | "after", field: "over" | "under") =>
        all.reduce((whole, one) => whole + one[which][field], 0);
      const scale = 1 + total("after", "over") + total("before", "over");
      expect(Math.abs(sum(bySum(all)) - (total("after", "over") - total("before", "over"))) / scale).toBeLessThan(1e-9);
      const ratio = (which: "before" | "after") => total(which, "over") / total(which, "under");
      const largest = Math.max(
        ...all.flatMap((one) => [one.before, one.after]).map(({ over, under }) => over / under),
        1,
      );
      expect(Math.abs(sum(byRatio(all)) - (ratio("after") - ratio("before"))) / largest).toBeLessThan(1e-9);
    }),
  );
});

test("a part that is new or gone still closes the sum", () => {
  const all: Part[] = [
    { id: "stayed", before: { over: 30, under: 10 }, after: { over: 60, under: 20 } },
    { id: "new", before: { over: 0, under: 0 }, after: { over: 10, under: 20 } },
    { id: "gone", before: { over: 5, under: 10 }, after: { over: 0, under: 0 } },
  ];
  const shares = byRatio(all);
  expect(sum(shares)).toBeCloseTo(70 / 40 - 35 / 20, 12);
  expect(shares.find(({ id }) => id === "stayed")?.inner).toBe(0);
  // The one that left was worse than the rest: its leaving helped.
  expect(shares.find(({ id }) => id === "gone")?.contribution).toBeGreaterThan(0);
});
