import { expect, test } from "vitest";
import { nextTimes, requireTiming, timesBetween, timesNear } from "./schedule-times";

const times = (cron: string, timeZone: string, after: string, count = 3) =>
  nextTimes({ cron, timeZone }, new Date(after), count).map((moment) => moment.toISOString());

test("a daily time follows the clocks of its zone over both changes", () => {
  expect(times("0 6 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z")).toEqual([
    "2026-03-29T04:00:00.000Z",
    "2026-03-30T04:00:00.000Z",
    "2026-03-31T04:00:00.000Z",
  ]);
  expect(times("0 6 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2)).toEqual([
    "2026-10-25T05:00:00.000Z",
    "2026-10-26T05:00:00.000Z",
  ]);
});

/** What the clocks do that night: skipped, or said twice. */
const nights = [
  ["Europe/Berlin", "30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29"],
  ["Europe/Berlin", "30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25"],
  ["America/New_York", "30 2 * * *", "2026-03-07T12:00:00Z", "2026-03-08"],
  ["America/New_York", "30 1 * * *", "2026-10-31T12:00:00Z", "2026-11-01"],
  ["Australia/Lord_Howe", "15 2 * * *", "2026-10-03T12:00:00Z", "2026-10-04"],
  ["Australia/Lord_Howe", "45 1 * * *", "2026-04-04T12:00:00Z", "2026-04-05"],
  ["Pacific/Chatham", "45 2 * * *", "2026-09-26T10:00:00Z", "2026-09-27"],
  ["UTC", "30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29"],
] as const;

test.each(nights)("in %s %s comes once on the local day of the change (%s)", (timeZone, cron, after, day) => {
  const local = (moment: Date) => moment.toLocaleDateString("sv-SE", { timeZone });
  const found = nextTimes({ cron, timeZone }, new Date(after), 5);
  expect(found.map(local).filter((one) => one === day)).toEqual([day]);
  expect(new Set(found.map(local)).size).toBe(5);
});

test("a skipped time is due at the first moment after, and a doubled one at the first of the two", () => {
  expect(times("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 1)).toEqual(["2026-03-29T01:00:00.000Z"]);
  expect(times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 1)).toEqual(["2026-10-25T00:30:00.000Z"]);
});

test("every hour is every hour, also of a night whose clocks say one twice", () => {
  expect(times("0 * * * *", "America/New_York", "2026-11-01T04:30:00Z")).toEqual([
    "2026-11-01T05:00:00.000Z",
    "2026-11-01T06:00:00.000Z",
    "2026-11-01T07:00:00.000Z",
  ]);
});

test("the last day of a month is every month's", () => {
  expect(times("0 5 L * *", "UTC", "2027-01-30T00:00:00Z")).toEqual([
    "2027-01-31T05:00:00.000Z",
    "2027-02-28T05:00:00.000Z",
    "2027-03-31T05:00:00.000Z",
  ]);
});

test("times that passed are found, the latest of too many", () => {
  const timing = { cron: "0 * * * *", timeZone: "UTC" };
  const between = { after: new Date("2026-01-01T00:00:00Z"), until: new Date("2026-01-01T05:00:00Z"), most: 3 };
  expect(timesBetween(timing, between).map((moment) => moment.getUTCHours())).toEqual([3, 4, 5]);
  expect(timesBetween(timing, { ...between, until: new Date("2026-01-01T00:59:59Z") })).toEqual([]);
});

test("of a year of minutes the latest few are found without a walk over the others", () => {
  const timing = { cron: "* * * * *", timeZone: "Europe/Berlin" };
  const until = new Date("2026-12-31T12:00:00Z");
  const times = timesBetween(timing, { after: new Date("2026-01-01T00:00:00Z"), until, most: 200 });
  expect(times).toHaveLength(200);
  expect(times.at(-1)).toEqual(until);
  expect(times[0]).toEqual(new Date(until.getTime() - 199 * 60_000));
});

test("times near some moments are found once each, also where what is near them overlaps", () => {
  const timing = { cron: "*/10 * * * *", timeZone: "UTC" };
  const moments = ["2026-01-03T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-01T00:10:00Z"].map(
    (text) => new Date(text),
  );
  expect(timesNear(timing, moments, 10 * 60_000).map((at) => at.toISOString().slice(8, 16))).toEqual([
    ...["31T23:50", "01T00:00", "01T00:10", "01T00:20"],
    ...["02T23:50", "03T00:00", "03T00:10"],
  ]);
});

test.each(["", "0 6 * *", "0 6 * * * *", "61 * * * *", "soon at night ok yes"])("%j is no timing", (cron) => {
  expect(() => requireTiming({ cron, timeZone: "UTC" })).toThrow(/no timing/);
});
