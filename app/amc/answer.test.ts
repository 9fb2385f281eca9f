import { expect, test } from "vitest";
import { changeWords, currencyWords, headerOf, inOrder, numberOf, wordsOf } from "./answer";

test("values are read by their unit", () => {
  expect(wordsOf(1234567, { unit: "users" }, "en-GB")).toBe("1,234,567");
  expect(wordsOf("9007199254740993", { unit: "count" }, "en-GB")).toBe("9,007,199,254,740,993");
  expect(wordsOf(0.1234, { unit: "share" }, "en-GB")).toBe("12.34%");
  expect(wordsOf(1234.5, { unit: "money" }, "en-GB")).toBe("1,234.50");
  expect(wordsOf(0.00412, { unit: "money" }, "en-GB")).toBe("0.00412");
  expect(wordsOf("2026-11-20", { unit: "date" }, "en-GB")).toBe("20 Nov 2026");
  expect(wordsOf("true", { unit: "flag" }, "en-GB")).toBe("yes");
  expect(wordsOf("0042", { unit: "text" }, "en-GB")).toBe("0042");
});

test("what is missing has no words, and is not zero", () => {
  expect(wordsOf(null, { unit: "users" }, "en-GB")).toBeNull();
  expect(wordsOf(undefined, { unit: "text" }, "en-GB")).toBeNull();
  expect(numberOf("")).toBeNull();
  expect(numberOf(false)).toBeNull();
  expect(numberOf("12.5")).toBe(12.5);
});

test("a column is named with its unit, and money without a currency says so", () => {
  const cost = { name: "cost", label: "Cost", unit: "money" as const };
  expect(headerOf(cost, currencyWords([cost], "EUR"))).toBe("Cost, EUR");
  expect(headerOf(cost, currencyWords([cost], null))).toBe("Cost, currency not known");
  expect(headerOf({ name: "wait", label: "Time to purchase", unit: "hours" }, "EUR")).toBe("Time to purchase, hours");
  const own = { name: "currency", label: "Currency", unit: "text" as const };
  expect(headerOf(cost, currencyWords([own, cost], null))).toBe("Cost");
});

test("a change has its sign and unit, and what cannot be subtracted has none", () => {
  expect(changeWords(1200, { unit: "users" }, "en-GB")).toBe("+1,200");
  expect(changeWords(-0.5, { unit: "money" }, "en-GB")).toBe("\u22120.50");
  expect(changeWords(0.0123, { unit: "share" }, "en-GB")).toBe("+1.23 pp");
  expect(changeWords(0, { unit: "count" }, "en-GB")).toBe("0");
  expect(changeWords(null, { unit: "money" }, "en-GB")).toBeNull();
});

test("names that begin with a number stand in its order, others as they come", () => {
  expect(inOrder(["10", "9", "9", "0"])).toEqual(["0", "9", "10"]);
  expect(inOrder(["2 Tuesday", "10 Other", "1 Monday"])).toEqual(["1 Monday", "2 Tuesday", "10 Other"]);
  expect(inOrder(["Spring", "Autumn", "2 for 1"])).toEqual(["Spring", "Autumn", "2 for 1"]);
});
