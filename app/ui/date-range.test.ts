import { expect, test } from "vitest";
import { daysOf, eachDay, resolveRange } from "./date-range";

const today = "2026-11-21";
const resolve = (query: string) => resolveRange(new URLSearchParams(query), today);

test("without a range the last 30 complete days are shown, compared with the 30 before", () => {
  expect(resolve("")).toEqual({
    id: "last-30-days",
    label: "Last 30 days",
    from: "2026-10-22",
    to: "2026-11-20",
    days: 30,
    previous: { from: "2026-09-22", to: "2026-10-21" },
    compared: true,
  });
});

test("a relative range moves with the day", () => {
  expect(daysOf("last-7-days", "2026-03-02")).toEqual({ from: "2026-02-23", to: "2026-03-01" });
  expect(daysOf("yesterday", "2027-01-01")).toEqual({ from: "2026-12-31", to: "2026-12-31" });
  expect(daysOf("last-month", "2026-03-15")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
});

test("on the first of a month, month to date is the month that just ended", () => {
  expect(daysOf("month-to-date", "2026-11-01")).toEqual({ from: "2026-10-01", to: "2026-10-31" });
});

test("a custom range is read and compared with the same number of days before", () => {
  const range = resolve("range=2026-11-01..2026-11-10&compare=none");
  expect(range).toMatchObject({ id: "2026-11-01..2026-11-10", label: "Custom range", days: 10, compared: false });
  expect(range.previous).toEqual({ from: "2026-10-22", to: "2026-10-31" });
});

test.each([
  "2026-02-30..2026-03-01",
  "2026-11-10..2026-11-01",
  "..",
  "2026-11-01",
  "1990-01-01..2026-01-01",
  "' or 1=1",
])("%s is not a range, so the default is shown", (text) => {
  expect(daysOf(text, today)).toBeNull();
  expect(resolve(`range=${encodeURIComponent(text)}`).id).toBe("last-30-days");
});

test("a range lists each of its days once, across a change of clocks", () => {
  expect(eachDay({ from: "2026-10-30", to: "2026-11-02" })).toEqual([
    "2026-10-30",
    "2026-10-31",
    "2026-11-01",
    "2026-11-02",
  ]);
});
