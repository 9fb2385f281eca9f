import { expect, test } from "vitest";
import { daysOf } from "./date-range";

const today = "2026-11-21";
test("a relative range moves with the day", () => {
  expect(daysOf("last-7-days", "2026-03-02")).toEqual({ from: "2026-02-23", to: "2026-03-01" });
  expect(daysOf("yesterday", "2027-01-01")).toEqual({ from: "2026-12-31", to: "2026-12-31" });
  expect(daysOf("last-month", "2026-03-15")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
});

test("on the first of a month, month to date is the month that just ended", () => {
  expect(daysOf("month-to-date", "2026-11-01")).toEqual({ from: "2026-10-01", to: "2026-10-31" });
});

test("a custom range is the days it names", () => {
  expect(daysOf("2026-11-01..2026-11-10", today)).toEqual({ from: "2026-11-01", to: "2026-11-10" });
});

test.each([
  "2026-02-30..2026-03-01",
  "2026-11-10..2026-11-01",
  "..",
  "2026-11-01",
  "1990-01-01..2026-01-01",
  "' or 1=1",
])("%s is not a range", (text) => {
  expect(daysOf(text, today)).toBeNull();
});
