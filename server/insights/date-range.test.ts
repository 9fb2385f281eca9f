import { expect, test } from "vitest";
import { addDays, chunksOf, dayIn, daysBetween, hourIn, isDay, resolveRange, settledDays } from "./date-range";

test("a relative range ends yesterday and is compared with as many days before it", () => {
  expect(resolveRange("last-7-days", "2026-11-20")).toEqual({
    id: "last-7-days",
    from: "2026-11-13",
    to: "2026-11-19",
    days: 7,
    previous: { from: "2026-11-06", to: "2026-11-12" },
  });
  expect(resolveRange("last-month", "2026-03-31")).toMatchObject({ from: "2026-02-01", to: "2026-02-28", days: 28 });
  expect(resolveRange("month-to-date", "2026-03-02")).toMatchObject({ from: "2026-03-01", to: "2026-03-01" });
});

test("a range over a clock change counts days, not hours", () => {
  expect(resolveRange("2026-03-07..2026-03-09", "2026-11-20")?.days).toBe(3);
  expect(resolveRange("2026-10-31..2026-11-02", "2026-11-20")?.days).toBe(3);
  expect(daysBetween("2026-03-07", "2026-03-09")).toBe(2);
  expect(addDays("2026-03-07", 2)).toBe("2026-03-09");
});

test("what is no range is none", () => {
  const wrong = [
    "",
    "constructor",
    "last-8-days",
    "2026-11-20..2026-11-19",
    "2026-02-30..2026-03-01",
    "2026-1-1..2026-1-2",
  ];
  for (const text of [...wrong, "2026-01-01..", "2020-01-01..2026-01-01", "2026-01-01..2026-01-02..2026-01-03"]) {
    expect(resolveRange(text, "2026-11-20"), text).toBeNull();
  }
  expect(isDay("2026-02-29")).toBe(false);
  expect(isDay("2028-02-29")).toBe(true);
});

test("the day and the hour of a moment are those on the zone's clocks", () => {
  const moment = new Date("2026-11-01T05:30:00Z");
  expect(dayIn("America/New_York", moment)).toBe("2026-11-01");
  expect(hourIn("America/New_York", moment)).toBe(1);
  expect(hourIn("America/New_York", new Date("2026-11-01T06:30:00Z"))).toBe(1);
  expect(hourIn("America/New_York", new Date("2026-03-08T07:30:00Z"))).toBe(3);
  expect(dayIn("Pacific/Kiritimati", moment)).toBe("2026-11-01");
  expect(dayIn("Pacific/Pago_Pago", moment)).toBe("2026-10-31");
});

test("pieces of a range are newest first, meet without a gap and cover it", () => {
  const chunks = chunksOf({ from: "2026-01-01", to: "2026-03-31" }, 31);
  expect(chunks.map((chunk) => daysBetween(chunk.from, chunk.to) + 1)).toEqual([31, 31, 28]);
  expect(chunks[0]?.to).toBe("2026-03-31");
  expect(chunks.at(-1)?.from).toBe("2026-01-01");
  expect(chunksOf({ from: "2026-01-01", to: "2026-01-01" }, 31)).toEqual([{ from: "2026-01-01", to: "2026-01-01" }]);
});

test("a day is settled when it is as old as its rule says", () => {
  const range = { from: "2026-11-10", to: "2026-11-19" };
  expect(settledDays(range, 3, "2026-11-20")).toBe(8);
  expect(settledDays(range, 42, "2026-11-20")).toBe(0);
  expect(settledDays(range, 3, "2027-01-01")).toBe(10);
});
