import { expect, test } from "vitest";
import { parseMoney } from "./parse-money";

const micros = (text: string, locale = "en-GB", currency = "USD") => {
  const typed = parseMoney(text, { currency, locale });
  return typed.kind === "amount" ? typed.micros : typed.kind;
};

test.each([
  ["1,234.56", "1234560000"],
  ["1.234,56", "1234560000"],
  ["$1 200", "1200000000"],
  ["1’200.50 USD", "1200500000"],
  ["12,5", "12500000"],
  ["0.125k", "125000000"],
  ["1.2k", "1200000000"],
  ["3m", "3000000000000"],
  ["1,234,567", "1234567000000"],
  ["1,250", "1250000000"],
  [".5", "500000"],
])("%s is understood", (text, expected) => expect(micros(text)).toBe(expected));

test("a sign that could be either is read as the locale has it", () => {
  expect(micros("1.250", "de-DE")).toBe("1250000000");
  expect(micros("1,250", "de-DE")).toBe("wrong");
  expect(micros("1.250", "en-GB")).toBe("wrong");
  expect(micros("1,25", "en-GB")).toBe("1250000");
});

test("what is no amount of the currency is refused", () => {
  for (const text of ["", "ten", "-5", "1.2.3,4", "0", "1,23,456.00"])
    expect([text, micros(text)]).toEqual([text, "wrong"]);
  expect(micros("1250.5", "ja-JP", "JPY")).toBe("wrong");
  expect(micros("1250", "ja-JP", "JPY")).toBe("1250000000");
});

test("a percentage with its sign changes what there is", () => {
  expect(parseMoney("+10%", { currency: "USD", locale: "en-GB" })).toEqual({ kind: "percent", percent: 10 });
  expect(parseMoney("− 2,5 %", { currency: "USD", locale: "de-DE" })).toEqual({ kind: "percent", percent: -2.5 });
});
