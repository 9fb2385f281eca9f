import { expect, test } from "vitest";
import { type Budgeted, countedThrough, type Period, periodOf, standingOf } from "./pace";

const zone = "America/New_York";
const flight = (name: string, from: string, to: string, budget: string | null) => ({
  name,
  startsAt: `${from}T05:00:00.000Z`,
  endsAt: `${to}T05:00:00.000Z`,
  budget,
});
const campaign = (more: Partial<Budgeted>): Budgeted => ({
  flights: [],
  startsAt: null,
  endsAt: null,
  budget: null,
  budgetPeriod: null,
  ...more,
});

test("the flight that runs today is paced, else the next, else the last; its days are those of the account's zone", () => {
  const flights = [flight("B", "2026-11-11", "2026-11-21", "20"), flight("A", "2026-11-01", "2026-11-11", "10")];
  const on = (day: string) => periodOf(campaign({ flights }), zone, day);
  // What ends at midnight ends with the day before.
  expect(on("2026-11-05")).toMatchObject({ flight: "A", from: "2026-11-01", to: "2026-11-10", budget: 10n });
  expect([on("2026-11-10")?.flight, on("2026-11-11")?.flight]).toEqual(["A", "B"]);
  expect([on("2026-10-01")?.flight, on("2026-12-01")?.flight]).toEqual(["A", "B"]);
});

test("without a flight that has a budget it is the campaign's own: of the month, or of its whole life", () => {
  const own = { startsAt: new Date("2026-01-10T05:00:00Z"), budget: 5n };
  expect(periodOf(campaign({ ...own, budgetPeriod: "MONTHLY" }), zone, "2026-02-14")).toMatchObject({
    basis: "month",
    from: "2026-02-01",
    to: "2026-02-28",
  });
  expect(periodOf(campaign({ ...own, budgetPeriod: "LIFETIME" }), zone, "2026-02-14")).toMatchObject({
    basis: "campaign",
    from: "2026-01-10",
    to: null,
  });
  expect(periodOf(campaign({ ...own, budgetPeriod: "DAILY" }), zone, "2026-02-14")).toBeNull();
});

test("a monthly budget is for the campaign's own days of the month", () => {
  const own = { startsAt: new Date("2026-02-20T05:00:00Z"), endsAt: new Date("2026-04-11T04:00:00Z"), budget: 90n };
  const on = (today: string) => {
    const monthly = periodOf(campaign({ ...own, budgetPeriod: "MONTHLY" }), zone, today);
    if (!monthly) throw new Error("a monthly budget has a period");
    const through = countedThrough(monthly, { today, lastDay: today });
    return [monthly.from, monthly.to, standingOf(monthly, { spent: 50n, recent: 50n }, { through, today }).pace];
  };
  expect(on("2026-02-25")).toEqual(["2026-02-20", "2026-02-28", "on_pace"]);
  expect(on("2026-01-15")).toEqual(["2026-02-20", "2026-02-28", "coming"]);
  expect(on("2026-03-31")).toEqual(["2026-03-01", "2026-03-31", "under"]);
  expect(on("2026-05-02")).toEqual(["2026-04-01", "2026-04-10", "ended"]);
});

const period: Period = { basis: "flight", flight: null, from: "2026-11-01", to: "2026-11-10", budget: 100n };
const at = (today: string, lastDay: string | null = today) => ({
  today,
  through: countedThrough(period, { today, lastDay }),
});

test("expected, ahead and projected count whole days that are reported", () => {
  const standing = standingOf(period, { spent: 30n, recent: 30n }, at("2026-11-06", "2026-11-04"));
  expect(standing).toEqual({
    days: 10,
    counted: 4,
    daysLeft: 5,
    expected: 40n,
    ahead: -10n,
    deviation: -0.25,
    projected: 75n,
    pace: "under",
  });
});

test.each([
  ["2026-10-30", 0n, "coming"],
  ["2026-11-01", 0n, "early"],
  ["2026-11-06", 51n, "on_pace"],
  ["2026-11-06", 60n, "over"],
  ["2026-11-06", 100n, "spent"],
  ["2026-11-12", 90n, "ended"],
] as const)("on %s with %s spent of 100 it is %s", (today, spent, pace) => {
  expect(standingOf(period, { spent, recent: spent }, at(today)).pace).toBe(pace);
});
