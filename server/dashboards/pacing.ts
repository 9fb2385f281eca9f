// How a month's spending stands to its budget, by the plain run rate.
import type { CurrencyMonth } from "../insights";
import type { MonthSum, Pace, SpendSign, WallSignal } from "./contract";

/** Closer to the even pace than this is on pace. */
const onPace = 0.05;

export interface Budget {
  monthlyBudget: string | null;
  budgetCurrency: string | null;
}

/** Null months: the brand has no advertiser. */
export function spendSign(months: readonly CurrencyMonth[], { monthlyBudget, budgetCurrency }: Budget): SpendSign {
  const budget = monthlyBudget === null ? null : BigInt(monthlyBudget);
  const own = months.find(({ currency }) => currency === budgetCurrency);
  const others = months.filter((month) => month !== own);
  const standing = standingOf(own, budget);
  return {
    signal: signals[standing.pace],
    months: [...(own ? [own] : []), ...others].map(sumOf),
    budget: monthlyBudget,
    budgetCurrency,
    ...standing,
  };
}

const signals: Record<Pace, WallSignal> = {
  no_budget: "quiet",
  no_account: "quiet",
  early: "quiet",
  on_pace: "ok",
  under: "attention",
  over: "attention",
  spent: "problem",
};

type Standing = Pick<SpendSign, "pace" | "spentShare" | "daysShare" | "deviation">;

function standingOf(month: CurrencyMonth | undefined, budget: bigint | null): Standing {
  const nothing = { spentShare: null, daysShare: null, deviation: null };
  if (budget === null) return { pace: "no_budget", ...nothing };
  if (!month) return { pace: "no_account", ...nothing };
  if (month.counted === 0) return { pace: "early", ...nothing };
  const spentShare = Number(month.spent) / Number(budget);
  const daysShare = month.counted / month.days;
  const deviation = spentShare / daysShare - 1;
  return { pace: paceOf(month, budget, deviation), spentShare, daysShare, deviation };
}

function paceOf({ spent, counted, days }: CurrencyMonth, budget: bigint, deviation: number): Pace {
  if (spent >= budget && (counted < days || spent > budget)) return "spent";
  if (Math.abs(deviation) <= onPace) return "on_pace";
  return deviation < 0 ? "under" : "over";
}

const sumOf = ({ spent, ...month }: CurrencyMonth): MonthSum => ({
  ...month,
  spent: spent.toString(),
  projected: month.counted === 0 ? null : ((spent * BigInt(month.days)) / BigInt(month.counted)).toString(),
});
