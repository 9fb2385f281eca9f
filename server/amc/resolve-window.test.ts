import { expect, test } from "vitest";
import type { AmcWindow } from "./contract";
import { dataReadyAt, latestWholeDay, momentsOf, resolveWindow } from "./resolve-window";

const at = (moment: string, timeZone = "UTC") => ({ timeZone, now: new Date(moment) });
const days = (window: AmcWindow, present: ReturnType<typeof at>) => {
  const { from, to } = resolveWindow(window, present);
  return `${from}..${to}`;
};

test("the latest whole day ended at least 48 hours ago, on the clocks of its zone", () => {
  expect(latestWholeDay("UTC", new Date("2026-11-20T00:00:00Z"))).toBe("2026-11-17");
  expect(latestWholeDay("UTC", new Date("2026-11-19T23:59:59Z"))).toBe("2026-11-16");
  expect(latestWholeDay("America/Los_Angeles", new Date("2026-11-20T00:00:00Z"))).toBe("2026-11-16");
  expect(latestWholeDay("Asia/Tokyo", new Date("2026-11-19T15:00:00Z"))).toBe("2026-11-17");
});

test("relative windows are whole days, weeks from Monday and months that are over", () => {
  const now = at("2026-11-20T12:00:00Z");
  expect(days({ kind: "last", days: 7 }, now)).toBe("2026-11-11..2026-11-17");
  expect(days({ kind: "last", days: 1 }, now)).toBe("2026-11-17..2026-11-17");
  expect(days({ kind: "week", back: 0 }, now)).toBe("2026-11-09..2026-11-15");
  expect(days({ kind: "week", back: 2 }, now)).toBe("2026-10-26..2026-11-01");
  expect(days({ kind: "month", back: 0 }, now)).toBe("2026-10-01..2026-10-31");
  expect(days({ kind: "month", back: 8 }, now)).toBe("2026-02-01..2026-02-28");
  expect(days({ kind: "days", from: "2026-11-01", to: "2026-11-19" }, now)).toBe("2026-11-01..2026-11-19");
});

test("a month or week counts from the moment its last day is whole", () => {
  expect(days({ kind: "month", back: 0 }, at("2026-12-02T23:59:59Z"))).toBe("2026-10-01..2026-10-31");
  expect(days({ kind: "month", back: 0 }, at("2026-12-03T00:00:00Z"))).toBe("2026-11-01..2026-11-30");
  expect(days({ kind: "week", back: 0 }, at("2026-11-17T23:59:59Z"))).toBe("2026-11-02..2026-11-08");
  expect(days({ kind: "week", back: 0 }, at("2026-11-18T00:00:00Z"))).toBe("2026-11-09..2026-11-15");
});

test("a window over the night of a clock change is as long as its days are", () => {
  const berlin = { from: "2026-10-25", to: "2026-10-25", timeZone: "Europe/Berlin" };
  const { start, end } = momentsOf(berlin);
  expect([start.toISOString(), end.toISOString()]).toEqual(["2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"]);
  expect(dataReadyAt(berlin).toISOString()).toBe("2026-10-27T23:00:00.000Z");
});
