// Which syncs of an account are due at a moment. A slot's key is the same however often and wherever it is computed: the
// unique key in sync_runs then decides which process has it.
import { createHash } from "node:crypto";
import { addDays, chunksOf, dayIn, hourIn } from "./date-range";
import { settleDays } from "./metric";
import type { DayRange, ReportType } from "./report-types";

export type SlotKind = "recent" | "settle" | "backfill" | "catchup" | "manual";

export interface Slot {
  /** `entities`, or a report type's id. */
  subject: string;
  kind: SlotKind;
  key: string;
  range: DayRange | null;
}

export interface SlotAccount {
  id: string;
  timeZone: string;
  /** Syncs of one report type a day; null: every hour. */
  reportPullsPerDay: number | null;
  canReport: boolean;
  /** When its backfill was planned; null: not yet. */
  backfillAt: Date | null;
  /** From the first to the last day that should have come with the backfill and has not: a piece failed, or we stood still. */
  missing: DayRange | null;
}

export const backfillDays = 95;
/** Local hour of the daily pull of the whole settle window: the day before is complete at Amazon by then. */
export const settleHour = 4;
const hourMs = 3_600_000;

/** Spreads the accounts over the hour, so that they do not all ask at its stroke. */
const phaseOf = (accountId: string): number => createHash("sha256").update(accountId).digest().readUInt32BE(0) % hourMs;

const hourKey = (account: SlotAccount, now: Date): string =>
  new Date(now.getTime() - phaseOf(account.id)).toISOString().slice(0, 13);

export function dueSlots(account: SlotAccount, now: Date, types: readonly ReportType[]): Slot[] {
  const hour = hourKey(account, now);
  const entities: Slot = { subject: "entities", kind: "recent", key: `hour:${hour}`, range: null };
  if (!account.canReport) return [entities];
  return [entities, ...types.flatMap((type) => reportSlots(account, now, type))];
}

function reportSlots(account: SlotAccount, now: Date, type: ReportType): Slot[] {
  const today = dayIn(account.timeZone, now);
  const { v3, legacy } = type.dialects;
  const longest = Math.min(v3.longestRange, legacy?.longestRange ?? v3.longestRange);
  const slots = (kind: SlotKind, name: string, range: DayRange): Slot[] =>
    chunksOf(range, longest).map((chunk, index) => ({
      subject: type.id,
      kind,
      key: `${name}:${index + 1}`,
      range: chunk,
    }));
  if (!account.backfillAt) return slots("backfill", "backfill", { from: addDays(today, 1 - backfillDays), to: today });

  const due: Slot[] = [];
  const hour = hourIn(account.timeZone, now);
  if (hour >= settleHour && today !== dayIn(account.timeZone, account.backfillAt)) {
    due.push(...slots("settle", `settle:${today}`, { from: addDays(today, 1 - settleDays.conversions), to: today }));
  }
  if (account.missing && today !== dayIn(account.timeZone, account.backfillAt)) {
    due.push(...slots("catchup", `catchup:${today}`, account.missing));
  }
  const recent = recentKey(account, now, { today, hour });
  if (recent) {
    due.push({ subject: type.id, kind: "recent", key: recent, range: { from: addDays(today, -1), to: today } });
  }
  return due;
}

/** Null where a pull of today has just been made, or the day's pulls are used up. The settle pull counts as one. */
function recentKey(account: SlotAccount, now: Date, local: { today: string; hour: number }): string | null {
  const key = hourKey(account, now);
  if (account.backfillAt && key === hourKey(account, account.backfillAt)) return null;
  if (local.hour === settleHour) return null;
  if (account.reportPullsPerDay === null) return `hour:${key}`;
  const part = Math.floor(((local.hour - settleHour) * account.reportPullsPerDay) / 24);
  return part > 0 ? `part:${local.today}:${part}` : null;
}
