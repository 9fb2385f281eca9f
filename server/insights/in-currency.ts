// A scope's days seen in the currency of its view, with what is to be said of the rates.
import { ageOfRate, hasMoney, rateBook, throughFactor } from "./convert";
import type { Conversion } from "./rate-contract";
import type { Scope } from "./scope";
import type { AccountDaySums } from "./section";

/** What `sectionsOf` makes one section of. */
export interface Converted<S extends Pick<Scope, "accounts">> {
  scope: S;
  sums: AccountDaySums[];
  /** Left out: everything is as it is stored. */
  conversion?: Conversion;
  /** Days with money that no rate is known for, in the range and among those compared with. */
  unpriced?: { current: ReadonlySet<string>; previous: ReadonlySet<string> };
}

export function inCurrency<S extends Pick<Scope, "accounts" | "pricing">>(seen: {
  scope: S;
  sums: AccountDaySums[];
}): Converted<S> {
  const { scope, sums } = seen;
  const { pricing, accounts } = scope;
  if (!pricing) return seen;
  const { to, rates } = pricing;
  const rateOf = rateBook(to, rates);
  const natives = [...new Set([...accounts, ...sums].map(({ currency }) => currency))];
  const unpriced = { current: new Set<string>(), previous: new Set<string>() };
  const missing: { day: string; currency: string }[] = [];
  const used: string[] = [];
  let oldestAge = 0;
  const converted = sums.map((one): AccountDaySums => {
    const { currency, day, current } = one;
    const priced = hasMoney(one.sums);
    const factor = priced ? rateOf(currency, day) : null;
    if (priced && !factor) {
      unpriced[current ? "current" : "previous"].add(day);
      if (current) missing.push({ day, currency });
    }
    if (factor && current) oldestAge = Math.max(oldestAge, ageOfRate(factor, day));
    if (factor && current && currency !== to) used.push(factor.day);
    return { ...one, currency: to, sums: factor ? throughFactor(one.sums, factor) : one.sums };
  });
  const days = byDay(missing);
  const [first, last, rateDays] = [days[0], days.at(-1), used.sort()];
  const [oldest, newest] = [rateDays[0], rateDays.at(-1)];
  return {
    scope: { ...scope, accounts: accounts.map((account) => ({ ...account, currency: to })) },
    sums: converted,
    conversion: {
      to,
      from: natives.filter((currency) => currency !== to).sort(),
      missingDays: unpriced.current.size,
      missing: first && last ? { ...first, until: last.day } : null,
      oldestAge,
      rates: oldest && newest ? { from: oldest, to: newest } : null,
    },
    unpriced,
  };
}

const byDay = <T extends { day: string; currency: string }>(all: T[]): T[] =>
  all.sort((a, b) => a.day.localeCompare(b.day) || a.currency.localeCompare(b.currency));
