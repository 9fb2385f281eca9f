// Money of several currencies as one: each day by the rate of its day, or the last one known before it. Native amounts stay what is stored.
import { daysBetween } from "./date-range";
import { moneyColumns } from "./metric";
import { divided, type Sums } from "./metrics";
import type { PairRate } from "./rate-store";

/** An exact factor. */
export interface Factor {
  over: bigint;
  under: bigint;
  /** Of the rate it comes from. */
  day: string;
}

/** The factor for a currency's money on a day; null: no rate is known on or before it. */
export type RateOf = (currency: string, day: string) => Factor | null;

/** Rates in order of their days. A pair that is kept the other way round only is used upside down. */
export function rateBook(to: string, rates: readonly PairRate[]): RateOf {
  const series = new Map<string, Factor[]>();
  for (const { base, quote, day, rate } of rates) {
    const [currency, factor] = quote === to ? [base, factorOf(rate, day)] : [quote, upsideDown(factorOf(rate, day))];
    const known = series.get(currency) ?? [];
    const last = known.at(-1);
    // Of one day the rate as it was given counts, not its inverse.
    if (last?.day !== day) known.push(factor);
    else if (quote === to) known[known.length - 1] = factor;
    series.set(currency, known);
  }
  return (currency, day) => {
    if (currency === to) return { over: 1n, under: 1n, day };
    return (series.get(currency) ?? []).findLast((factor) => factor.day <= day) ?? null;
  };
}

function factorOf(rate: string, day: string): Factor {
  const [whole = "0", decimals = ""] = rate.split(".");
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length), day };
}

const upsideDown = ({ over, under, day }: Factor): Factor => ({ over: under, under: over, day });

/** Every amount of the sums through the factor, to the nearest micro; counts stay. */
export function throughFactor(sums: Sums, { over, under }: Factor): Sums {
  const money = moneyColumns.map((column) => [column, divided(sums[column] * over, under)]);
  return { ...sums, ...Object.fromEntries(money) };
}

/** Days by which a factor's rate is older than the day it is used for. */
export const ageOfRate = ({ day: of }: Factor, day: string): number => daysBetween(of, day);

export const hasMoney = (sums: Sums): boolean => moneyColumns.some((column) => sums[column] !== 0n);
