// What the reports of some accounts add up to over some days, to be held against another answer of Amazon's about the same.
import type { TxCtx } from "../core/context";
import type { Freshness, SettledByRule } from "./contract";
import { addDays } from "./date-range";
import { knownDays, totalSums } from "./kpi-store";
import { isMoneyMetric, type MetricId, metricOf, type Sums } from "./metrics";
import { hidesMoney } from "./money";
import type { DayRange } from "./report-types";
import { readScope, type ScopedAccount } from "./scope";

export interface TotalsQuery {
  accountIds: readonly string[];
  /** Days of each account's own zone. */
  days: DayRange;
  /** Amazon's ids; left out: all campaigns. */
  campaignIds?: readonly string[] | undefined;
}

export interface ReportTotals {
  /** Those of the accounts whose numbers the reader may see. */
  accounts: Pick<ScopedAccount, "id" | "name" | "timeZone" | "currency">[];
  /** Those among them for which some of the days have no report, with how many. */
  gaps: { name: string; days: number }[];
  freshness: Freshness;
  settled: SettledByRule;
  moneyHidden: boolean;
  /** By the currency that the days were reported in. */
  sums: { currency: string; sums: Sums }[];
}

export async function readReportTotals(
  tx: TxCtx,
  { accountIds, days, campaignIds }: TotalsQuery,
): Promise<ReportTotals> {
  const scope = await readScope(tx, { accountIds }, { range: `${days.from}..${days.to}` });
  const { accounts, freshness, settled } = scope;
  const known = await knownDays(tx, scope);
  const missing = ({ id }: ScopedAccount) => daysOf(days).filter((day) => !known.get(id)?.has(day)).length;
  return {
    accounts,
    gaps: accounts.map((account) => ({ name: account.name, days: missing(account) })).filter((gap) => gap.days > 0),
    freshness,
    settled,
    moneyHidden: hidesMoney(accounts),
    sums: await totalSums(tx, accounts, campaignIds),
  };
}

function daysOf({ from, to }: DayRange): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** A metric that is the sum of one column: what it is called, what it is, and its value over all of the sums. */
export function describeTotal(id: MetricId, sums: ReportTotals["sums"]) {
  const { label, settle, source } = metricOf(id);
  if (typeof source !== "string") throw new Error(`${id} is a ratio: it has no total.`);
  const money = isMoneyMetric(id);
  const total = sums.reduce((sum, one) => sum + one.sums[source], 0n);
  return { label, settle, money, value: money ? Number(total) / 1e6 : Number(total) };
}
