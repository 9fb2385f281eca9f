// Tiles and daily series out of day sums, one section a currency: money of two currencies is never added.
import type { DayPoint, Section } from "./contract";
import { addDays, daysBetween } from "./date-range";
import type { DaySums, KnownDays } from "./kpi-store";
import { settleDays } from "./metric";
import { addSums, type MetricId, noSums, type Sums, valuesOf } from "./metrics";
import type { DayRange } from "./report-types";
import type { Scope } from "./scope";

/** What tiles show. */
export const tileMetrics = [
  "spend",
  "impressions",
  "cpm",
  "clicks",
  "ctr",
  "viewability",
  "detailPageViews",
  "dpvr",
  "purchases",
  "cpp",
  "sales",
  "roas",
] as const satisfies MetricId[];

export interface SectionOptions {
  /** Metrics of the tiles and of the days. */
  metrics?: readonly MetricId[];
  known: KnownDays;
}

/** The currency with most spend first. */
export function sectionsOf(scope: Scope, sums: readonly DaySums[], options: SectionOptions): Section[] {
  const currencies = [...new Set([...sums.map((sum) => sum.currency), ...scope.accounts.map((one) => one.currency)])];
  const spend = new Map(currencies.map((currency) => [currency, total(sums, currency, true).totalCost]));
  return currencies
    .sort((a, b) => Number((spend.get(b) ?? 0n) - (spend.get(a) ?? 0n)) || a.localeCompare(b))
    .map((currency) => sectionOf({ scope, sums: sums.filter((sum) => sum.currency === currency), currency }, options));
}

interface CurrencySums {
  scope: Scope;
  sums: readonly DaySums[];
  currency: string;
}

function sectionOf({ scope, sums, currency }: CurrencySums, { metrics = tileMetrics, known }: SectionOptions): Section {
  const current = valuesOf(metrics, total(sums, currency, true));
  // Less than the whole period before would make every change look like growth.
  const compared = eachDay(scope.range.previous).every((day) => known.all.has(day));
  const previous = compared ? valuesOf(metrics, total(sums, currency, false)) : {};
  const today = scope.accounts.map((account) => account.today).sort()[0] ?? addDays(scope.range.to, 1);
  const byDay = new Map<string, Sums>();
  for (const { day, sums: one } of sums) byDay.set(day, addSums(byDay.get(day) ?? noSums(), one));
  const point = (day: string): DayPoint => ({
    day,
    values: known.some.has(day) ? valuesOf(metrics, byDay.get(day) ?? noSums()) : null,
    settled: {
      traffic: daysBetween(day, today) >= settleDays.traffic,
      conversions: daysBetween(day, today) >= settleDays.conversions,
    },
  });
  const covered = eachDay(scope.range).some((day) => known.some.has(day));
  return {
    currency,
    kpis: metrics.map((id) => ({ id, value: covered ? (current[id] ?? null) : null, previous: previous[id] ?? null })),
    days: eachDay(scope.range).map(point),
    previousDays: eachDay(scope.range.previous).map(point),
  };
}

function total(sums: readonly DaySums[], currency: string, current: boolean): Sums {
  const sum = noSums();
  for (const one of sums) if (one.current === current && one.currency === currency) addSums(sum, one.sums);
  return sum;
}

const eachDay = ({ from, to }: DayRange): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
