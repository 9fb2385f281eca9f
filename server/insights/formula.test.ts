// Formulas are typed, exact, and worked out from sums.
import fc from "fast-check";
import { expect, test } from "vitest";
import { customValue } from "./custom-metrics";
import { dimensionOf, parseFormula, requireUnit } from "./formula";
import { noSums, type Sums } from "./metrics";

const refusal = (text: string, unit: Parameters<typeof requireUnit>[1] = "multiple") => {
  try {
    requireUnit(parseFormula(text), unit);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};
const value = (formula: string, unit: Parameters<typeof requireUnit>[1], sums: Partial<Sums>) =>
  customValue({ formula: parseFormula(formula), unit }, { ...noSums(), ...sums });

test("unlike things are not added, and the place is named", () => {
  expect(refusal("spend + clicks", "money")).toBe("money cannot be added to a count (at character 7)");
  expect(refusal("sales - (spend / clicks)", "money")).toBe(
    "money for each count cannot be taken from money (at character 7)",
  );
  expect(refusal("clicks + 1", "count")).toBe("a count cannot be added to a plain number (at character 8)");
  expect(refusal("spend * sales")).toBe("This gives money to the power 2, not a multiple (at character 1)");
  expect(refusal("sales - spend", "money")).toBeNull();
  expect(refusal("(sales - spend) / spend", "percent")).toBeNull();
  expect(dimensionOf(parseFormula("cpm"))).toEqual({ money: 1, count: -1 });
});

test("what is no formula is refused where it goes wrong", () => {
  const wrong = {
    "spend + ": "Something is missing at the end (at character 8)",
    "(sales / spend": "A closing parenthesis is missing (at character 15)",
    "sales) / spend": "A parenthesis is closed that was not opened (at character 6)",
    "sales spend": 'An operator is missing before "spend" (at character 7)',
    "Sales / spend": 'There is no metric "Sales"; did you mean sales? (at character 1)',
    "sales ^ 2": '"^" is not understood: use metrics, numbers, + - * / and parentheses (at character 7)',
    "* 2": 'A metric or number is missing before "*" (at character 1)',
    "": "Something is missing at the end (at character 1)",
    [`${"(".repeat(60)}1`]: "This is nested too deeply (at character 51)",
  };
  expect(Object.fromEntries(Object.keys(wrong).map((text) => [text, refusal(text)]))).toEqual(wrong);
});

test("money stays exact to the micro, and division by zero gives no value", () => {
  expect(value("sales - spend", "money", { sales: 9_007_199_254_740_993n, totalCost: 1n })).toBe("9007199254740992");
  expect(value("spend / 3", "money", { totalCost: 2n })).toBe("1");
  expect(value("sales / (spend - spend)", "multiple", { sales: 5n, totalCost: 3n })).toBeNull();
  expect(value("2 * roas - 0.5", "multiple", { sales: 30n, totalCost: 10n })).toBe(5.5);
  expect(value("-clicks + impressions", "count", { clicks: 3n, impressions: 10n })).toBe(7);
});

test("whatever days there are, a ratio over them is that of their sums", () => {
  const amounts = fc.array(fc.tuple(fc.bigInt(0n, 10n ** 12n), fc.bigInt(1n, 10n ** 12n)), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(amounts, (days) => {
      const sales = days.reduce((sum, [one]) => sum + one, 0n);
      const totalCost = days.reduce((sum, [, one]) => sum + one, 0n);
      const given = value("(sales - spend) / spend", "multiple", { sales, totalCost });
      expect(given).toBeCloseTo(Number(sales) / Number(totalCost) - 1, 6);
    }),
  );
});
