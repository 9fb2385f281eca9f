import { expect, test } from "vitest";
import {
  decimalOfMicros,
  deltaOf,
  formatAgo,
  formatDay,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPercent,
} from "./format";

test("money keeps every digit of amounts beyond what a float can hold", () => {
  expect(decimalOfMicros(9007199254740993000001n)).toBe("9007199254740993.000001");
  expect(formatMoney("9007199254740993120000", "USD", { locale: "en-US" })).toBe("$9,007,199,254,740,993.12");
});

test("money is printed by symbol, by code or bare", () => {
  expect(formatMoney(1234560000n, "USD", { locale: "en-US" })).toBe("$1,234.56");
  expect(formatMoney(1234560000n, "EUR", { show: "code" })).toBe("1,234.56\u00a0EUR");
  expect(formatMoney(1234560000n, "USD", { show: "none" })).toBe("1,234.56");
});

test("a currency without cents has none", () => {
  expect(formatMoney(1234000000n, "JPY", { locale: "en-US" })).toBe("¥1,234");
});

test("negative money has a sign, and small amounts are not lost", () => {
  expect(decimalOfMicros(-1n)).toBe("-0.000001");
  expect(formatMoney(-1500000n, "USD", { show: "none" })).toBe("\u22121.50");
  expect(formatMoney(0n, "USD", { show: "none" })).toBe("0.00");
});

test("a number that is missing is a dash, never a zero", () => {
  expect(formatMoney(null, "USD")).toBe("–");
  expect(formatNumber(undefined)).toBe("–");
  expect(formatNumber(Number.NaN)).toBe("–");
  expect(formatPercent(null)).toBe("–");
  expect(formatPercent(Number.POSITIVE_INFINITY)).toBe("–");
});

test("counts and shares follow the viewer's locale", () => {
  expect(formatNumber(1234567)).toBe("1,234,567");
  expect(formatNumber(1234567, { locale: "de-DE" })).toBe("1.234.567");
  expect(formatNumber(2.345)).toBe("2.35");
  expect(formatNumber(12431, { locale: "en-US", compact: true })).toBe("12.4K");
  expect(formatPercent(0.1234)).toBe("12.34%");
  expect(formatPercent(0.05, { decimals: 1, signed: true })).toBe("+5.0%");
});

test("a report date does not move with the zone", () => {
  expect(formatDay("2026-11-20")).toBe("20 Nov 2026");
  expect(formatDay("2026-11-20", { year: false, weekday: true })).toMatch(/^Fri,? 20 Nov$/);
  expect(formatDay("yesterday")).toBe("–");
});

test("a moment names its zone", () => {
  expect(formatMoment(new Date("2026-11-20T14:05:09Z"), "UTC")).toBe("20 Nov 2026, 14:05:09 UTC");
});

test("distance in time is short, and old moments become days", () => {
  const now = new Date("2026-11-20T12:00:00Z");
  expect(formatAgo(new Date("2026-11-20T11:59:40Z"), now)).toBe("just now");
  expect(formatAgo(new Date("2026-11-20T11:58:00Z"), now)).toBe("2 min ago");
  expect(formatAgo(new Date("2026-11-20T09:00:00Z"), now)).toBe("3 h ago");
  expect(formatAgo(new Date("2026-11-20T13:00:00Z"), now)).toBe("in 1 h");
  expect(formatAgo(new Date("2026-10-01T09:00:00Z"), now)).toBe("1 Oct 2026");
});

test("a change against nothing has a direction but no share", () => {
  expect(deltaOf(12, 10)).toEqual({ direction: "up", ratio: 0.2 });
  expect(deltaOf(5, 0)).toEqual({ direction: "up", ratio: null });
  expect(deltaOf(null, 5)).toBeNull();
  expect(deltaOf(-5, -10)).toEqual({ direction: "up", ratio: 0.5 });
});
