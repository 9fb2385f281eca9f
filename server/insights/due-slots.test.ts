import { expect, test } from "vitest";
import { dueSlots, type SlotAccount } from "./due-slots";
import { reportTypes } from "./report-types";

const account = (over: Partial<SlotAccount> = {}): SlotAccount => ({
  id: "0b8f4f5e-3f3e-4d2a-9a55-1a2b3c4d5e6f",
  timeZone: "America/New_York",
  reportPullsPerDay: null,
  canReport: true,
  backfillAt: new Date("2026-01-01T00:00:00Z"),
  missing: null,
  ...over,
});
const types = [reportTypes.campaign];
const slots = (who: SlotAccount, now: string) => dueSlots(who, new Date(now), types);
const keys = (who: SlotAccount, now: string) => slots(who, now).map((slot) => `${slot.subject} ${slot.key}`);

/** Every slot of the hours from `from`, as the ticks would find them. */
function hourly(who: SlotAccount, from: string, hours: number): string[] {
  const start = new Date(from).getTime();
  const found = new Set<string>();
  for (let quarter = 0; quarter < hours * 4; quarter += 1) {
    const now = new Date(start + quarter * 900_000).toISOString();
    for (const slot of slots(who, now)) if (slot.subject === "campaign") found.add(`${slot.kind} ${slot.key}`);
  }
  return [...found];
}

test("an account seen for the first time gets its entities and 95 days, newest first, in pieces of at most 31", () => {
  const found = slots(account({ backfillAt: null }), "2026-11-20T12:00:00Z");
  expect(found.map((slot) => slot.key.split(":")[0])).toEqual(["hour", "backfill", "backfill", "backfill", "backfill"]);
  const ranges = found.slice(1).map((slot) => slot.range);
  expect(ranges).toEqual([
    { from: "2026-10-21", to: "2026-11-20" },
    { from: "2026-09-20", to: "2026-10-20" },
    { from: "2026-08-20", to: "2026-09-19" },
    { from: "2026-08-18", to: "2026-08-19" },
  ]);
});

test("today and yesterday are those of the account's zone", () => {
  const at = "2026-11-20T02:30:00Z";
  const recent = (zone: string) =>
    slots(account({ timeZone: zone }), at).find((slot) => slot.kind === "recent" && slot.range);
  expect(recent("America/Los_Angeles")?.range).toEqual({ from: "2026-11-18", to: "2026-11-19" });
  expect(recent("Asia/Tokyo")?.range).toEqual({ from: "2026-11-19", to: "2026-11-20" });
});

test("the same slot is named the same by every tick of its hour, and accounts are spread over the hour", () => {
  const first = account();
  const now = new Date("2026-11-20T15:00:00Z").getTime();
  const starts = Array.from({ length: 40 }, (_, index) => {
    const who = account({ id: `account-${index}` });
    const keysOver = Array.from(
      { length: 60 },
      (_, minute) => keys(who, new Date(now + minute * 60_000).toISOString())[0],
    );
    expect(new Set(keysOver).size).toBeLessThanOrEqual(2);
    return keysOver.indexOf(keysOver.at(-1));
  });
  expect(new Set(starts).size).toBeGreaterThan(15);
  expect(keys(first, "2026-11-20T15:00:00Z")).toEqual(keys(first, "2026-11-20T15:00:30Z"));
});

test("once a day, from four in the morning, the whole settle window of 42 days is asked for in two pieces", () => {
  const night = slots(account(), "2026-11-20T08:59:00Z");
  expect(night.some((slot) => slot.kind === "settle")).toBe(false);
  const morning = slots(account(), "2026-11-20T09:01:00Z").filter((slot) => slot.kind === "settle");
  expect(morning.map((slot) => slot.range)).toEqual([
    { from: "2026-10-21", to: "2026-11-20" },
    { from: "2026-10-10", to: "2026-10-20" },
  ]);
  const evening = slots(account(), "2026-11-21T03:00:00Z").filter((slot) => slot.kind === "settle");
  expect(evening.map((slot) => slot.key)).toEqual(morning.map((slot) => slot.key));
});

test("an account that allows few pulls a day gets no more of them", () => {
  for (const pulls of [1, 2, 3, 4]) {
    const day = hourly(account({ reportPullsPerDay: pulls }), "2026-11-20T05:00:00Z", 24);
    const passes = new Set(day.map((name) => name.replace(/:\d+$/, (end) => (name.startsWith("settle") ? "" : end))));
    expect(passes.size, `${pulls} a day: ${[...passes].join(", ")}`).toBe(pulls);
  }
});

test("the clocks' change makes no slot twice and loses none", () => {
  const pulls = account({ reportPullsPerDay: 4 });
  const settled = (from: string, hours: number) =>
    hourly(pulls, from, hours).filter((name) => name.startsWith("settle")).length;
  // 8 March 2026 has 23 hours in New York, 1 November 2026 has 25.
  expect(settled("2026-03-08T05:00:00Z", 23)).toBe(2);
  expect(settled("2026-11-01T04:00:00Z", 25)).toBe(2);
  const plain = account();
  const recent = (from: string, hours: number) =>
    hourly(plain, from, hours).filter((name) => name.startsWith("recent hour")).length;
  expect(recent("2026-03-08T05:00:00Z", 23)).toBeGreaterThanOrEqual(22);
  expect(recent("2026-11-01T04:00:00Z", 25)).toBeGreaterThanOrEqual(24);
  expect(slots(plain, "2026-11-01T05:30:00Z")[1]?.range).toEqual(slots(plain, "2026-11-01T06:30:00Z")[1]?.range);
});

test("right after a backfill nothing is asked for again within the hour, nor its settle window on that day", () => {
  const who = account({ backfillAt: new Date("2026-11-20T15:20:00Z") });
  expect(slots(who, "2026-11-20T15:20:30Z").filter((slot) => slot.range)).toEqual([]);
  expect(slots(who, "2026-11-20T17:00:00Z").map((slot) => slot.kind)).toEqual(["recent", "recent"]);
});

test("days that are missing behind the settle window are asked for again, once a day", () => {
  const missing = { from: "2026-08-20", to: "2026-10-09" };
  const late = (now: string) => slots(account({ missing }), now).filter((slot) => slot.kind === "catchup");
  expect(late("2026-11-20T15:00:00Z").map((slot) => slot.range)).toEqual([
    { from: "2026-09-09", to: "2026-10-09" },
    { from: "2026-08-20", to: "2026-09-08" },
  ]);
  expect(late("2026-11-20T23:00:00Z")).toEqual(late("2026-11-20T15:00:00Z"));
  expect(late("2026-11-21T15:00:00Z")[0]?.key).not.toBe(late("2026-11-20T15:00:00Z")[0]?.key);
});

test("an account without reports still gets its campaigns", () => {
  expect(slots(account({ canReport: false }), "2026-11-20T15:00:00Z").map((slot) => slot.subject)).toEqual([
    "entities",
  ]);
});
