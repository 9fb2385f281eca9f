// Tiles and daily series out of day sums, one section a currency: money of two currencies is never added.
import type { DayPoint, Maturity, Section } from "./contract";
import { customValues } from "./custom-metrics";
import { addDays, daysBetween } from "./date-range";
import type { Converted } from "./in-currency";
import { type DaySums, knownTogether } from "./kpi-store";
import { settleDays } from "./metric";
import { addSums, type MetricId, type MetricValues, metricOf, noSums, type Sums, valuesOf } from "./metrics";
import { hidesMoney, hidesSums, sectionShownTo, unpricedIn } from "./money";
import { ageOf, type Learnt, outlookOf, type Part } from "./outlook";
import type { Conversion } from "./rate-contract";
import type { DayRange } from "./report-types";
import { describeScope, type Scope, type ScopedAccount } from "./scope";

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

/** Steps of the funnel, in order; what was reached is counted apart. */
const funnelMetrics = [
  "impressions",
  "clicks",
  "detailPageViews",
  "addToCart",
  "purchases",
  "newToBrandPurchases",
] as const satisfies MetricId[];

export interface SectionOptions {
  /** Metrics of the tiles and of the days. */
  metrics?: readonly MetricId[];
  learnt: Learnt;
  /** Of sums that `inCurrency` made one currency's. */
  conversion?: Conversion;
  unpriced?: Converted<Sectioned>["unpriced"];
}

/** Day sums that know their account. */
export type AccountDaySums = DaySums & { accountId: string };
type Sectioned = Pick<Scope, "accounts" | "range" | "settled" | "own">;

/** The currency with most spend first; where money is hidden, by name. */
export function sectionsOf(scope: Sectioned, sums: readonly AccountDaySums[], options: SectionOptions): Section[] {
  const currencies = [...new Set([...sums.map((sum) => sum.currency), ...scope.accounts.map((one) => one.currency)])];
  const hidden = hidesMoney(scope.accounts);
  const spend = new Map(currencies.map((currency) => [currency, hidden ? 0n : total(sums, currency, true).totalCost]));
  return currencies
    .sort((a, b) => Number((spend.get(b) ?? 0n) - (spend.get(a) ?? 0n)) || a.localeCompare(b))
    .map((currency) => {
      const own = scope.accounts.filter((account) => account.currency === currency);
      const ownSums = sums.filter((sum) => sum.currency === currency);
      const givers = ownSums.map(({ accountId }) => accountId);
      const secret = hidesSums(scope.accounts, currency, givers);
      return sectionOf({ scope: narrowed(scope, own), sums: ownSums, currency, hidden: secret }, options);
    });
}

/** Days and age are those of the accounts whose money it is: others may be a day ahead. Of all, where none is left of the currency. */
function narrowed(scope: Sectioned, own: ScopedAccount[]): Sectioned {
  const [account] = own;
  return account && own.length < scope.accounts.length
    ? { ...describeScope(own, account.range), own: scope.own }
    : scope;
}

interface CurrencySums {
  scope: Sectioned;
  sums: readonly AccountDaySums[];
  currency: string;
  hidden: boolean;
}

function sectionOf({ scope, sums, currency, hidden }: CurrencySums, options: SectionOptions): Section {
  const { metrics = tileMetrics, learnt, conversion, unpriced } = options;
  const known = knownTogether(scope.accounts, learnt.answered);
  const asked = [...new Set([...metrics, ...funnelMetrics])];
  const valuesIn = (all: Sums): MetricValues => ({
    ...valuesOf(asked, all),
    ...(options.metrics ? {} : customValues(scope.own, all, hidden)),
  });
  const current = valuesIn(total(sums, currency, true));
  // Less than the whole period before would make every change look like growth.
  const compared = eachDay(scope.range.previous).every((day) => known.all.has(day));
  const previous: MetricValues = compared ? valuesIn(total(sums, currency, false)) : {};
  const today = scope.accounts.map((account) => account.today).sort()[0] ?? addDays(scope.range.to, 1);
  const byDay = new Map<string, Sums>();
  for (const { day, sums: one } of sums) byDay.set(day, addSums(byDay.get(day) ?? noSums(), one));
  const parts = partsOf(scope, sums, options.learnt);
  const point = (day: string): DayPoint => ({
    day,
    values: known.some.has(day) ? valuesIn(byDay.get(day) ?? noSums()) : null,
    expected: dayExpected({ day, today, parts }, metrics, options.learnt),
    settled: {
      traffic: daysBetween(day, today) >= settleDays.traffic,
      conversions: daysBetween(day, today) >= settleDays.conversions,
    },
  });
  const covered = eachDay(scope.range).some((day) => known.some.has(day));
  const both = (id: string) => ({
    id,
    value: covered ? (current[id] ?? null) : null,
    previous: previous[id] ?? null,
  });
  const section = {
    currency,
    funnel: funnelMetrics.map(both),
    kpis: [
      ...metrics.map((id) => ({
        ...both(id),
        maturity: maturityOf({ id, scope, parts }, learnt),
      })),
      ...(options.metrics ? [] : scope.own).map(({ info: { id, settle } }) => ({
        ...both(id),
        maturity: byDays(scope.settled[settle].share),
      })),
    ],
    days: eachDay(scope.range).map(point),
    previousDays: eachDay(scope.range.previous).map(point),
    ...(conversion ? { conversion } : {}),
  };
  return sectionShownTo(unpriced ? unpricedIn(section, unpriced) : section, hidden);
}

/** The range's days of each account. */
function partsOf({ accounts }: Sectioned, sums: readonly AccountDaySums[], learnt: Learnt): Part[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return sums.flatMap(({ accountId, day, current, sums: one }) => {
    const account = byId.get(accountId);
    return account && current ? [{ account, day, age: ageOf(account, day, learnt), sums: one }] : [];
  });
}

function maturityOf({ id, scope, parts }: { id: MetricId; scope: Sectioned; parts: Part[] }, learnt: Learnt): Maturity {
  const { share } = scope.settled[metricOf(id).settle];
  return share === 1 || parts.length === 0 ? byDays(share) : (outlookOf(id, parts, learnt) ?? byDays(share));
}

const byDays = (settled: number): Maturity => ({ settled, basis: "days", expected: null, band80: null, band95: null });

function dayExpected(
  { day, today, parts }: { day: string; today: string; parts: Part[] },
  metrics: readonly MetricId[],
  learnt: Learnt,
): DayPoint["expected"] {
  const own = parts.filter((part) => part.day === day);
  if (own.length === 0 || day >= today || daysBetween(day, today) >= settleDays.conversions) return null;
  const outlooks = metrics.map((id) => [id, outlookOf(id, own, learnt)?.expected ?? null] as const);
  return outlooks.every(([, value]) => value === null) ? null : Object.fromEntries(outlooks);
}

function total(sums: readonly DaySums[], currency: string, current: boolean): Sums {
  const sum = noSums();
  for (const one of sums) if (one.current === current && one.currency === currency) addSums(sum, one.sums);
  return sum;
}

const eachDay = ({ from, to }: DayRange): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
