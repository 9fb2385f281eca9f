// The currency that a view names, inside the database: rows with their money in it, each account's day by the rate of its day. What is added
// up of them is what a dashboard of the same rows says, to the micro.
import { type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { rateBook } from "./convert";
import { addDays } from "./date-range";
import { columnName } from "./fact-store";
import { moneyColumns, sourceColumns } from "./metric";
import { isMetricId, isMoneyMetric } from "./metrics";
import { type Conversion, isCurrency } from "./rate-contract";
import { type PairRate, ratesTo } from "./rate-store";
import type { DayRange } from "./report-types";

/** What money is seen in, with the rates that its days may need. */
export interface Pricing {
  to: string;
  days: DayRange;
  rates: readonly PairRate[];
}

/** Null where the view names no currency: all is as it was paid. @throws {AppError} malformed */
export async function readPricing(tx: TxCtx, to: string | undefined, days: DayRange): Promise<Pricing | null> {
  if (to === undefined) return null;
  if (isCurrency(to)) return { to, days, rates: await ratesTo(tx, to, days) };
  throw new AppError("malformed", "The parameter inCurrency does not name a currency.", {
    fields: { inCurrency: "use an ISO 4217 code, such as EUR" },
  });
}

/** A factor for each currency and day that has one. */
function factorRows({ to, days, rates }: Pricing): SQL {
  const rateOf = rateBook(to, rates);
  const currencies = [...new Set([to, ...rates.flatMap(({ base, quote }) => [base, quote])])];
  const rows: object[] = [];
  for (let { from: day } = days; day <= days.to; day = addDays(day, 1)) {
    for (const currency of currencies) {
      const factor = rateOf(currency, day);
      if (factor) rows.push({ currency, day, over: `${factor.over}`, under: `${factor.under}`, of: factor.day });
    }
  }
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as f(currency text, day date, "over" numeric, "under" numeric, "of" date)`;
}

const sumOf = (name: string) => `sum(r.${name})`;
/** To the nearest micro, half away from zero, as `divided` does. */
const throughFactor = (name: string) =>
  `div(2 * ${sumOf(name)} * f."over" + sign(${sumOf(name)}) * f."under", 2 * f."under") as ${name}`;
const columns = sql.raw(
  sourceColumns
    .map((column) => [columnName(column), moneyColumns.includes(column)] as const)
    .map(([name, isMoney]) => (isMoney ? throughFactor(name) : `${sumOf(name)} as ${name}`))
    .join(", "),
);
const hasMoney = sql.raw(moneyColumns.map((column) => `${sumOf(columnName(column))} <> 0`).join(" or "));

export interface Rows {
  /** A `from` with rows `r` that know their account, day and currency. */
  from: SQL;
  /** What is told apart, beside account, day and currency. */
  by: readonly string[];
}

/** The rows `r` for another `from`: added up by account, day and what is told apart, in the one currency. */
export function pricedRows({ from, by }: Rows, pricing: Pricing): SQL {
  const keys = sql.raw(["account_id", "day", ...by].map((name) => `r.${name}`).join(", "));
  return sql`(select ${keys}, ${pricing.to}::text as currency, r.currency as paid_in, f."of" as rate_day, (${hasMoney}) as has_money,
      f."over" is null and (${hasMoney}) as unpriced, ${columns}
    from ${from} left join ${factorRows(pricing)} on f.currency = r.currency and f.day = r.day
    group by ${keys}, r.currency, f."over", f."under", f."of") r`;
}

/** Beside sums of such rows: how they were converted, for `conversionOf`. */
export const pricedColumns = ({ to }: Pricing): SQL => sql`
  json_agg(distinct r.paid_in) filter (where r.paid_in <> ${to}) as paid_in,
  (count(distinct r.day) filter (where r.unpriced))::int as missing_days,
  (min(r.day || ' ' || r.paid_in) filter (where r.unpriced)) as missing,
  (max(r.day) filter (where r.unpriced))::text as missing_until,
  (max(r.day - r.rate_day) filter (where r.has_money))::int as oldest_age,
  (min(r.rate_day) filter (where r.has_money and r.paid_in <> ${to}))::text as rates_from,
  (max(r.rate_day) filter (where r.has_money and r.paid_in <> ${to}))::text as rates_to`;

export function conversionOf(row: Record<string, unknown>, { to }: Pricing): Conversion {
  const [day, currency] = String(row.missing ?? "").split(" ");
  const missing = day && currency ? { day, until: String(row.missing_until), currency } : null;
  return {
    to,
    from: (row.paid_in as string[] | null) ?? [],
    missingDays: Number(row.missing_days ?? 0),
    missing,
    oldestAge: Number(row.oldest_age ?? 0),
    rates: row.rates_from ? { from: String(row.rates_from), to: String(row.rates_to) } : null,
  };
}

/** Rows without a value come last, whichever way the others are sorted: of the summed rows `s`. */
export const unpricedLast = (pricing: Pricing | null, field: string): SQL =>
  pricing && isMetricId(field) && isMoneyMetric(field) ? sql`coalesce(s.missing_days, 0) > 0, ` : sql``;
