// How current each brand's data is, and what it spent this month, for all brands at once.
import type { TxCtx } from "../core/context";
import { requireRead } from "../core/query";
import type { Freshness, SyncState } from "./contract";
import { addDays, daysBetween, settledDays } from "./date-range";
import { groupedBy } from "./grouped";
import { settleDays } from "./metric";
import { type MonthSpend, type MonthWindow, monthSpends } from "./month-store";
import { freshnessOf, readScope, type ScopedAccount } from "./scope";
import { syncOf, togetherOf } from "./sync-status";

/** What a brand spent in one currency in the month that it is in its zone, counted over whole days that are over and reported. */
export interface CurrencyMonth {
  currency: string;
  /** The zone that most of the accounts report in: its month counts. */
  zone: string;
  /** `2026-11` */
  month: string;
  days: number;
  /** Days of the month that are over. */
  passed: number;
  /** Of these, up to the last day that every account has reported. */
  counted: number;
  /** That day; null where it lies before the month, or there is none. */
  through: string | null;
  /** Micros. */
  spent: bigint;
  /** Share of the counted days that Amazon no longer restates. */
  settled: number;
  /** Days of an account among the counted ones that have not come. */
  gaps: number;
  /** Accounts that have never reported, and are left out. */
  silent: number;
}

export interface BrandData {
  /** Advertisers. */
  accounts: number;
  state: SyncState;
  note: string | null;
  /** Advertisers whose sync needs a person or is late. */
  late: number;
  freshness: Freshness;
  /** The currency with most spend first. */
  months: CurrencyMonth[];
}

/** By brand, for those with an advertiser whose numbers the actor may see. Three statements, however many brands. */
export async function readBrandData(tx: TxCtx): Promise<Map<string, BrandData>> {
  requireRead(tx, "insights.read", "anyBrand");
  const { accounts } = await readScope(tx, {});
  const syncs = new Map((await syncOf(tx, accounts)).map((sync) => [sync.id, sync]));
  const groups = [...groupedBy(accounts, ({ brandId }) => brandId ?? "")].filter(([brandId]) => brandId !== "");
  const months = groups.flatMap(([brandId, own]) =>
    [...groupedBy(own, ({ currency }) => currency).values()].map((group) => ({ brandId, ...monthOf(group) })),
  );
  const spends = await monthSpends(
    tx,
    months.flatMap(({ window }) => window),
  );
  return new Map(
    groups.map(([brandId, own]) => {
      const known = own.flatMap(({ id }) => syncs.get(id) ?? []);
      const { state, note } = togetherOf(known);
      const late = known.filter((sync) => sync.state === "problem" || sync.state === "delayed").length;
      const spent = months.filter((month) => month.brandId === brandId).flatMap((month) => spentIn(month, spends));
      const data = { accounts: own.length, state, note, late, freshness: freshnessOf(own), months: bySpend(spent) };
      return [brandId, data];
    }),
  );
}

const bySpend = (months: CurrencyMonth[]): CurrencyMonth[] =>
  months.sort((a, b) => Number(b.spent - a.spent) || a.currency.localeCompare(b.currency));

interface Month {
  facts: Omit<CurrencyMonth, "spent" | "gaps">;
  window: MonthWindow[];
}

/** Of accounts of one brand in one currency. */
function monthOf(accounts: readonly ScopedAccount[]): Month {
  const zone = commonZone(accounts);
  const today = accounts.find(({ timeZone }) => timeZone === zone)?.today ?? "";
  const from = `${today.slice(0, 7)}-01`;
  const yesterday = addDays(today, -1);
  const reported = accounts.filter(({ lastDay }) => lastDay !== null);
  const last = reported.map(({ lastDay }) => lastDay ?? "").sort()[0] ?? null;
  const through = last === null ? null : last < yesterday ? last : yesterday;
  const counted = through !== null && through >= from ? daysBetween(from, through) + 1 : 0;
  const days = daysBetween(from, addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1)) + 1;
  const window = counted === 0 ? [] : reported.map(({ id }) => ({ account: id, from, to: through ?? from }));
  const settled = counted === 0 ? 0 : settledDays({ from, to: through ?? from }, settleDays.traffic, today) / counted;
  return {
    facts: {
      currency: accounts[0]?.currency ?? "",
      zone,
      month: today.slice(0, 7),
      days,
      passed: daysBetween(from, today),
      counted,
      through: counted === 0 ? null : through,
      settled,
      silent: accounts.length - reported.length,
    },
    window,
  };
}

/** An account that once reported in another currency keeps that sum apart. */
function spentIn({ facts, window }: Month, spends: ReadonlyMap<string, MonthSpend>): CurrencyMonth[] {
  const own = window.flatMap(({ account }) => spends.get(account) ?? []);
  const gaps = window.length * facts.counted - own.reduce((sum, { knownDays }) => sum + knownDays, 0);
  const sums = new Map([[facts.currency, 0n]]);
  for (const { spent } of own) {
    for (const [currency, micros] of spent) sums.set(currency, (sums.get(currency) ?? 0n) + micros);
  }
  return [...sums].map(([currency, spent]) => ({ ...facts, currency, spent, gaps }));
}

function commonZone(accounts: readonly ScopedAccount[]): string {
  const counts = groupedBy(accounts, ({ timeZone }) => timeZone);
  return [...counts].sort(([a, one], [b, two]) => two.length - one.length || a.localeCompare(b))[0]?.[0] ?? "UTC";
}
