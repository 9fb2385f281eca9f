// Money for those who may see it. What counts as money is said here once: every metric with an amount in it, and the fields named below.
// For brands without the permission these are null, marked as hidden, and nothing can be sorted or filtered by them.
import { AppError } from "../core/errors";
import type { ListQuery } from "../core/query";
import type { DayPoint, Hidden, Kpi, Section } from "./contract";
import type { Restatement } from "./history-contract";
import { isOwnMetric } from "./metric-contract";
import { isMetricId, isMoneyMetric, type MetricValues } from "./metrics";

/** Fields of campaigns, ad groups and flights. */
const moneyFields = ["budget", "baseBid"] as const;

const isMoney = (field: string): boolean =>
  (isMetricId(field) && isMoneyMetric(field)) || moneyFields.some((known) => known === field);

/** Whether any of these fields is money. */
export const touchesMoney = (fields: object): boolean => Object.keys(fields).some(isMoney);

interface Reach {
  /** Whether the reader may not see the money of this account's brand. */
  moneyHidden: boolean;
}

/** A sum is as secret as any of its parts. */
export const hidesMoney = (accounts: readonly Reach[]): boolean => accounts.some(({ moneyHidden }) => moneyHidden);

/**
 * Of sums in one currency: what the accounts named gave, whose currency may have changed since, and the accounts that have it now.
 * Where there is neither, the whole scope decides.
 */
export function hidesSums(
  accounts: readonly (Reach & { id: string; currency: string })[],
  currency: string,
  givers: readonly string[],
): boolean {
  const gave = new Set(givers);
  const own = accounts.filter((account) => account.currency === currency || gave.has(account.id));
  return hidesMoney(own.length > 0 ? own : accounts);
}

/** @throws {AppError} forbidden, where the order or a filter would tell of money that is hidden */
export function refuseMoneyOrder({ sort, filters }: ListQuery, accounts: readonly Reach[]): void {
  const field = [sort?.field, ...filters.map((filter) => filter.field)].find((one) => one && isMoney(one));
  if (!field || !hidesMoney(accounts)) return;
  throw new AppError("forbidden", `You may not sort or filter by ${field}: money is hidden for some of these brands.`, {
    remedy: "Choose a brand whose money you may see, or another column.",
  });
}

const without = (values: MetricValues): MetricValues =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, isMoney(id) ? null : value]));

/** A record as the reader may see it; of records without money fields nothing changes but the mark. */
export function shownTo<T extends { values: MetricValues }>(record: T, hidden: boolean): T & { hidden: Hidden } {
  if (!hidden) return { ...record, hidden: [] };
  return { ...withoutFields(record), values: without(record.values), hidden: ["money"] };
}

export const withoutFields = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, isMoney(key) ? null : value])) as T;

/** Both what a day said and what it says. */
export function restatementShownTo(one: Omit<Restatement, "hidden">, hidden: boolean): Restatement {
  if (!hidden) return { ...one, hidden: [] };
  return { ...one, before: one.before && without(one.before), after: without(one.after), hidden: ["money"] };
}

const withoutMoney = ({ id, maturity }: Kpi): Kpi => ({
  id,
  value: null,
  previous: null,
  maturity: { ...maturity, expected: null, band80: null, band95: null },
});

/** A metric of the agency's own may have money in it: where some of it is missing, none of them is told. */
const isPriced = (id: string): boolean => isOwnMetric(id) || isMoney(id);
export const withoutPriced = (values: MetricValues): MetricValues =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, isPriced(id) ? null : value]));

const unpricedDay = (point: DayPoint): DayPoint => ({
  ...point,
  values: point.values && withoutPriced(point.values),
  expected: point.expected && without(point.expected),
});

const withoutDay = (point: DayPoint): DayPoint => ({
  ...point,
  values: point.values && without(point.values),
  expected: point.expected && without(point.expected),
});

/** Money without what some day has no rate for: that day's, and every sum it would be missing in. */
export function unpricedIn<S extends Omit<Section, "hidden">>(
  section: S,
  { current, previous }: { current: ReadonlySet<string>; previous: ReadonlySet<string> },
): S {
  const kpi = (one: Kpi): Kpi => {
    if (!isPriced(one.id)) return one;
    if (current.size > 0) return withoutMoney(one);
    return previous.size > 0 ? { ...one, previous: null } : one;
  };
  return {
    ...section,
    kpis: section.kpis.map(kpi),
    days: section.days.map((point) => (current.has(point.day) ? unpricedDay(point) : point)),
    previousDays: section.previousDays.map((point) => (previous.has(point.day) ? unpricedDay(point) : point)),
  };
}

export function sectionShownTo(section: Omit<Section, "hidden">, hidden: boolean): Section {
  if (!hidden) return { ...section, hidden: [] };
  return {
    ...section,
    kpis: section.kpis.map((kpi) => (isMoney(kpi.id) ? withoutMoney(kpi) : kpi)),
    days: section.days.map(withoutDay),
    previousDays: section.previousDays.map(withoutDay),
    hidden: ["money"],
  };
}
