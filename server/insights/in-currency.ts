// A scope's days seen in one currency, with what is to be said of the rates.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { ageOfRate, hasMoney, rateBook, throughFactor } from "./convert";
import { type Conversion, isCurrency } from "./rate-contract";
import { ratesFor } from "./rate-store";
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

/** @throws {AppError} malformed, where the view names no currency */
export async function inCurrency<S extends Pick<Scope, "accounts">>(
  tx: TxCtx,
  seen: { scope: S; sums: AccountDaySums[] },
  to: string | undefined,
): Promise<Converted<S>> {
  if (to === undefined) return seen;
  if (!isCurrency(to)) {
    throw new AppError("malformed", "The parameter inCurrency does not name a currency.", {
      fields: { inCurrency: "use an ISO 4217 code, such as EUR" },
    });
  }
  const { scope, sums } = seen;
  const natives = [...new Set([...scope.accounts, ...sums].map(({ currency }) => currency))];
  const from = natives.filter((currency) => currency !== to).sort();
  const days = sums.map(({ day }) => day).sort();
  const [first, last] = [days[0], days.at(-1)];
  const rates =
    from.length > 0 && first && last ? await ratesFor(tx, { currencies: from, to, from: first, until: last }) : [];
  const rateOf = rateBook(to, rates);
  const unpriced = { current: new Set<string>(), previous: new Set<string>() };
  let missing: Conversion["missing"] = null;
  let oldestAge = 0;
  const converted = sums.map((one): AccountDaySums => {
    const factor = hasMoney(one.sums) ? rateOf(one.currency, one.day) : null;
    if (!factor && hasMoney(one.sums)) {
      unpriced[one.current ? "current" : "previous"].add(one.day);
      if (one.current && (!missing || one.day < missing.day)) missing = { day: one.day, currency: one.currency };
    }
    if (factor && one.current) oldestAge = Math.max(oldestAge, ageOfRate(factor, one.day));
    return { ...one, currency: to, sums: factor ? throughFactor(one.sums, factor) : one.sums };
  });
  return {
    scope: { ...scope, accounts: scope.accounts.map((account) => ({ ...account, currency: to })) },
    sums: converted,
    conversion: { to, from, missingDays: unpriced.current.size, missing, oldestAge },
    unpriced,
  };
}
