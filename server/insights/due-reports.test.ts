import { expect, test } from "vitest";
import { dueReports, piecesOf, type ReportAccount, type ReportHistory } from "./due-reports";
import { breakdownTypes, reportTypes } from "./report-types";

const account: ReportAccount = { timeZone: "America/New_York", reportPullsPerDay: null };
const noon = "2026-11-20T17:00:00Z";
const old: ReportHistory = { backfillAt: new Date("2026-10-01T00:00:00Z"), missing: null };
const due = (
  type: (typeof breakdownTypes)[number],
  history: ReportHistory,
  { now = noon, who = account }: { now?: string; who?: ReportAccount } = {},
) => dueReports(who, new Date(now), { type, ...history });

test("a type seen for the first time is asked for as far back as Amazon keeps it, newest first", () => {
  const first = due(reportTypes.geo, { backfillAt: null, missing: null });
  expect(first.map(({ range }) => range)).toEqual([
    { from: "2026-10-21", to: "2026-11-20" },
    { from: "2026-09-20", to: "2026-10-20" },
    { from: "2026-08-20", to: "2026-09-19" },
    { from: "2026-08-18", to: "2026-08-19" },
  ]);
  const rules = due(reportTypes.bidAdjustment, { backfillAt: null, missing: null });
  expect(rules.at(-1)?.range?.from).toBe("2025-10-22");
});

test("where Amazon allows few pulls a day, a backfill takes as many days as it needs, and then ends", () => {
  const who = { ...account, reportPullsPerDay: 2 };
  const keys = (now: string, backfillAt: Date | null) =>
    due(reportTypes.geo, { backfillAt, missing: null }, { now, who }).flatMap(({ kind, key }) =>
      kind === "backfill" ? [key] : [],
    );
  const began = new Date(noon);
  expect(keys(noon, null)).toEqual(["backfill:1", "backfill:2"]);
  expect(keys("2026-11-20T23:00:00Z", began)).toEqual(["backfill:1", "backfill:2"]);
  expect(keys("2026-11-21T17:00:00Z", began)).toEqual(["backfill:1", "backfill:2", "backfill:3", "backfill:4"]);
  expect(keys("2026-11-22T17:00:00Z", began)).toEqual([]);
});

test("one pull a day, from four in the morning, over the days that Amazon restates", () => {
  expect(due(reportTypes.geo, old, { now: "2026-11-20T08:59:00Z" })).toEqual([]);
  const pull = due(reportTypes.geo, old);
  expect(pull.map(({ key, range }) => [key, range?.from, range?.to])).toEqual([
    ["settle:2026-11-20:1", "2026-10-21", "2026-11-20"],
    ["settle:2026-11-20:2", "2026-10-10", "2026-10-20"],
  ]);
  expect(due(reportTypes.geo, old, { now: "2026-11-20T23:00:00Z" })).toEqual(pull);
  expect(due(reportTypes.bidAdjustment, old).map(({ range }) => range)).toEqual([
    { from: "2026-11-18", to: "2026-11-20" },
  ]);
});

test("what Amazon gives without days is asked for by whole months, the present one to this day", () => {
  expect(due(reportTypes.reachFrequency, { backfillAt: null, missing: null }).map(({ range }) => range)).toEqual([
    { from: "2026-11-01", to: "2026-11-20" },
    { from: "2026-10-01", to: "2026-10-31" },
    { from: "2026-09-01", to: "2026-09-30" },
  ]);
  const turn = due(reportTypes.reachFrequency, old, { now: "2026-12-02T17:00:00Z" });
  expect(turn.map(({ range }) => range)).toEqual([
    { from: "2026-12-01", to: "2026-12-02" },
    { from: "2026-11-01", to: "2026-11-30" },
  ]);
  for (const type of breakdownTypes.filter(({ period }) => period === "month")) {
    for (const { from, to } of piecesOf(type, { from: "2025-01-05", to: "2026-11-20" }, "2026-11-20")) {
      expect(from.slice(8)).toBe("01");
      expect(from.slice(0, 7)).toBe(to.slice(0, 7));
    }
  }
});

test("days that are missing behind the window are asked for with the day's pull, newest first", () => {
  const missing = { from: "2026-08-20", to: "2026-10-09" };
  const caught = due(reportTypes.geo, { ...old, missing }).filter(({ kind }) => kind === "catchup");
  expect(caught.map(({ range }) => range)).toEqual([
    { from: "2026-09-09", to: "2026-10-09" },
    { from: "2026-08-20", to: "2026-09-08" },
  ]);
  const today = { backfillAt: new Date(noon), missing };
  expect(due(reportTypes.geo, today).some(({ kind }) => kind === "catchup")).toBe(false);
});
