// A reader's accounts with the days of a range in the zone of each, and what may be said of their age.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { requireRead } from "../core/query";
import type { Freshness, Range, SettledByRule } from "./contract";
import { type CustomMetric, readCustomMetrics } from "./custom-metrics";
import { addDays, dayIn, defaultRange, type ResolvedRange, resolveRange, settledDays, shiftOf } from "./date-range";
import { type SettleRule, settleDays } from "./metric";
import { hidesMoney } from "./money";
import { type Pricing, readPricing } from "./pricing-store";
import type { DayRange } from "./report-types";
import { type ScopeAccount, type ScopeFilter, scopeAccounts } from "./scope-store";
import { momentOf, type View } from "./view";

const dayMs = 24 * 3_600_000;

export interface ScopedAccount extends ScopeAccount {
  today: string;
  range: ResolvedRange;
  /** Whether the reader may not see the money of this account's brand. */
  moneyHidden: boolean;
}

export interface Scope {
  accounts: ScopedAccount[];
  /** The moment the numbers are seen as of; null: as they are. */
  at: Date | null;
  /** The same of the days that are compared with: at the same age they were younger. */
  previousAt: Date | null;
  /** As most accounts have it: zones may differ by a day. */
  range: Range;
  freshness: Freshness;
  settled: SettledByRule;
  /** Metrics of the agency's own. */
  own: readonly CustomMetric[];
  /** The currency that money is seen in; null: as it was paid. */
  pricing: Pricing | null;
}

/** @throws {AppError} malformed, where the view means no days, no moment or no currency */
export async function readScope(tx: TxCtx, filter: ScopeFilter, view: View = {}): Promise<Scope> {
  const at = momentOf(view, tx.now());
  const now = at ?? tx.now();
  const [found, own] = await Promise.all([scopeAccounts(tx, filter, at), readCustomMetrics(tx)]);
  const accounts = found.map((account): ScopedAccount => {
    const today = dayIn(account.timeZone, now);
    const moneyHidden = !tx.can("money.read", account.brandId);
    return { ...account, today, range: rangeOf(view, today), moneyHidden };
  });
  const range = accounts[0]?.range ?? rangeOf(view, dayIn("UTC", now));
  // To the minute: nobody tells moments of one minute apart, and numbers are remembered by it.
  const previousAt = view.sameAge ? new Date(minuteOf(now).getTime() - shiftOf(range) * dayMs) : at;
  const pricing = await readPricing(tx, view.inCurrency, daysOf(accounts, range));
  return { ...describeScope(accounts, range), at, previousAt, own, pricing };
}

/** All days that are looked at, those compared with among them. */
function daysOf(accounts: readonly ScopedAccount[], range: ResolvedRange): DayRange {
  const ranges = [range, ...accounts.map((account) => account.range)].flatMap((one) => [one, one.previous]);
  const [from = range.from] = ranges.map((one) => one.from).sort();
  return {
    from,
    to:
      ranges
        .map(({ to }) => to)
        .sort()
        .at(-1) ?? range.to,
  };
}

const minuteOf = (moment: Date): Date => new Date(Math.floor(moment.getTime() / 60_000) * 60_000);

/** The days a range means for a reader, and the age of what there is of them; the accounts, to choose among. */
export async function describeRange(tx: TxCtx, filter: ScopeFilter, view: View) {
  requireRead(tx, "insights.read", "anyBrand");
  const { accounts, range, freshness, settled } = await readScope(tx, filter, view);
  return {
    range,
    freshness,
    settled,
    moneyHidden: hidesMoney(accounts),
    accounts: accounts.map(({ id, name }) => ({ id, name })),
  };
}

type Described = Omit<Scope, "at" | "previousAt" | "own" | "pricing">;

export function describeScope(accounts: ScopedAccount[], range: ResolvedRange): Described {
  const today = accounts.map((account) => account.today).sort()[0] ?? addDays(range.to, 1);
  return { accounts, range, freshness: freshnessOf(accounts), settled: settledByRule(range, today) };
}

function rangeOf({ range: text = defaultRange, compare }: View, today: string): ResolvedRange {
  const range = resolveRange(text, today, compare);
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
