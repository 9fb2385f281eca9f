// Which reports that split delivery are due for an account: one pull a day and type. A pull is one question about the settle window, in as
// many requests as the type's longest range makes necessary.
import { addDays, chunksOf, dayIn, daysBetween, hourIn } from "./date-range";
import { type Slot, type SlotKind, settleHour } from "./due-slots";
import { settleDays } from "./metric";
import type { DayRange, ReportType } from "./report-types";

export interface ReportAccount {
  timeZone: string;
  /** Pulls of one report type a day; null: Amazon sets no limit, and a backfill comes on one day. */
  reportPullsPerDay: number | null;
}

export interface ReportHistory {
  /** When the type's backfill was planned; null: not yet. */
  backfillAt: Date | null;
  /** From the first to the last day behind the settle window that has not come. */
  missing: DayRange | null;
}

export function dueReports(account: ReportAccount, now: Date, of: { type: ReportType } & ReportHistory): Slot[] {
  const { type, backfillAt, missing } = of;
  const today = dayIn(account.timeZone, now);
  const slots = (kind: SlotKind, name: string, range: DayRange): Slot[] =>
    piecesOf(type, range, today).map((piece, index) => ({
      subject: type.id,
      kind,
      key: `${name}:${index + 1}`,
      range: piece,
    }));
  const first = backfillAt ? dayIn(account.timeZone, backfillAt) : today;
  const due = backfillUpTo(account, slots("backfill", "backfill", keptDays(type, first)), daysBetween(first, today));
  if (first === today || hourIn(account.timeZone, now) < settleHour) return due;
  due.push(...slots("settle", `settle:${today}`, { from: addDays(today, 1 - settleDays[type.settle]), to: today }));
  if (missing && due.every(({ kind }) => kind !== "backfill"))
    due.push(...slots("catchup", `catchup:${today}`, missing));
  return due;
}

/** The newest first; where Amazon sets a limit, as many a day as it allows. */
function backfillUpTo({ reportPullsPerDay }: ReportAccount, pieces: Slot[], daysSince: number): Slot[] {
  const perDay = reportPullsPerDay ?? pieces.length;
  const lastDay = Math.ceil(pieces.length / perDay) - 1;
  return daysSince > lastDay ? [] : pieces.slice(0, (daysSince + 1) * perDay);
}

/** The days of a type that Amazon keeps on that day. */
export const keptDays = (type: ReportType, today: string): DayRange => ({
  from: addDays(today, 1 - type.dialects.v3.retention),
  to: today,
});

/** What is asked for at once, the newest first: at most the type's longest range, or whole months that Amazon still keeps. */
export function piecesOf(type: ReportType, range: DayRange, today: string): DayRange[] {
  const { v3, legacy } = type.dialects;
  if (type.period === "day") return chunksOf(range, Math.min(v3.longestRange, legacy?.longestRange ?? v3.longestRange));
  const kept = keptDays(type, today).from;
  return monthsOf(range, today).filter(({ from }) => from >= kept);
}

/** The calendar months that a range touches, the newest first; the present one to this day. */
export function monthsOf({ from, to }: DayRange, today: string): DayRange[] {
  const months: DayRange[] = [];
  for (let first = firstOfMonth(to); first >= firstOfMonth(from); first = firstOfMonth(addDays(first, -1))) {
    const last = addDays(firstOfMonth(addDays(first, 31)), -1);
    months.push({ from: first, to: last < today ? last : today });
  }
  return months;
}

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;
