// A reader's accounts with the days of a range in the zone of each, and what may be said of their age.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { requireRead } from "../core/query";
import type { Freshness, Range, SettledByRule } from "./contract";
import { addDays, dayIn, defaultRange, type ResolvedRange, resolveRange, settledDays } from "./date-range";
import { type SettleRule, settleDays } from "./metric";
import type { DayRange } from "./report-types";
import { type ScopeAccount, type ScopeFilter, scopeAccounts } from "./scope-store";

export interface ScopedAccount extends ScopeAccount {
  today: string;
  range: ResolvedRange;
}

export interface Scope {
  accounts: ScopedAccount[];
  /** As most accounts have it: zones may differ by a day. */
  range: Range;
  freshness: Freshness;
  settled: SettledByRule;
}

/** @throws {AppError} malformed, where the range means no days */
export async function readScope(tx: TxCtx, filter: ScopeFilter, range: string = defaultRange): Promise<Scope> {
  const now = tx.now();
  const accounts = (await scopeAccounts(tx, filter)).map((account): ScopedAccount => {
    const today = dayIn(account.timeZone, now);
    return { ...account, today, range: rangeOf(range, today) };
  });
  return describeScope(accounts, accounts[0]?.range ?? rangeOf(range, dayIn("UTC", now)));
}

/** The days a range means for a reader, and the age of what there is of them; the accounts, to choose among. */
export async function describeRange(tx: TxCtx, brandIds: readonly string[] | undefined, range: string) {
  requireRead(tx, "insights.read", "anyBrand");
  const { accounts, ...about } = await readScope(tx, { brandIds }, range);
  return { ...about, accounts: accounts.map(({ id, name }) => ({ id, name })) };
}

export function describeScope(accounts: ScopedAccount[], range: ResolvedRange): Scope {
  const today = accounts.map((account) => account.today).sort()[0] ?? addDays(range.to, 1);
  return { accounts, range, freshness: freshnessOf(accounts), settled: settledByRule(range, today) };
}

function rangeOf(text: string, today: string): ResolvedRange {
  const range = resolveRange(text, today);
  if (range) return range;
  throw new AppError("malformed", "The parameter range does not name days.", {
    fields: { range: "use last-30-days or another preset, or 2026-11-01..2026-11-20, at most 800 days" },
  });
}

/** Of several accounts the oldest: a sum is only as fresh as its stalest part. */
export function freshnessOf(accounts: readonly ScopedAccount[], asked?: DayRange): Freshness {
  const moments = accounts.map((account) => account.syncedAt);
  const days = accounts.map((account) => account.lastDay);
  const oldest = moments.includes(null) ? null : moments.sort((a, b) => Number(a) - Number(b))[0];
  // Each account's days are those of its own zone.
  const partial = accounts.find(({ today, lastDay, range }) => {
    const { from, to } = asked ?? range;
    return from <= today && today <= to && lastDay === today;
  });
  return {
    syncedAt: oldest?.toISOString() ?? null,
    dataThrough: days.includes(null) ? null : ((days as string[]).sort()[0] ?? null),
    zones: [...new Set(accounts.map((account) => account.timeZone))],
    partialDay: partial?.today ?? null,
  };
}

export const settledByRule = (range: DayRange, today: string): SettledByRule => ({
  traffic: settledOf(range, "traffic", today),
  conversions: settledOf(range, "conversions", today),
});

function settledOf(range: DayRange, rule: SettleRule, today: string): SettledByRule["traffic"] {
  const days = settledDays(range, 0, range.to);
  const settled = settledDays(range, settleDays[rule], today);
  return { share: settled / days, until: settled === days ? null : addDays(range.to, settleDays[rule]) };
}
