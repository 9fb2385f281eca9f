import { expect, test } from "vitest";
import { numberOf, wordsOf } from "./answer";

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
