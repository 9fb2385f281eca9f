import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, listClauses } from "../core/db/list-clauses";
import type { ListQuery, ListResult } from "../core/query";
import type { CurrencyPair, CurrencyRate } from "./rate-contract";
import type { DayRange } from "./report-types";
import { currencyRates } from "./tables";

export type RateKey = Pick<CurrencyRate, "base" | "quote" | "day">;

const t = currencyRates;
const ours = (tx: TxCtx) => eq(t.agencyId, tx.agencyId);
const keyed = (tx: TxCtx, { base, quote, day }: RateKey) =>
  and(ours(tx), eq(t.base, base), eq(t.quote, quote), eq(t.day, day));

/** Without the zeros that the column's scale adds. */
const plain = sql<string>`trim_scale(${t.rate})::text`;
const idOf = sql<string>`${t.base} || ':' || ${t.quote} || ':' || ${t.day}`;
const shown = { id: idOf, base: t.base, quote: t.quote, day: t.day, rate: plain, setBy: t.setBy, setAt: t.setAt };

export async function selectRates(tx: TxCtx, query: ListQuery): Promise<ListResult<CurrencyRate>> {
  const clauses = listClauses(query, {
    fields: { id: idOf, base: t.base, quote: t.quote, day: t.day, setAt: t.setAt },
    search: [t.base, t.quote],
    order: [desc(t.day), asc(t.base), asc(t.quote)],
    tie: t.base,
  });
  const where = and(ours(tx), clauses.where);
  const rows = await tx.db
    .select(shown)
    .from(t)
    .where(where)
    .orderBy(...clauses.orderBy, asc(t.quote), asc(t.day))
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(t).where(where);
  return { items: rows.map((row) => ({ ...row, setAt: row.setAt.toISOString() })), total: count?.total ?? 0 };
}

export async function findRate(tx: TxCtx, key: RateKey): Promise<CurrencyRate | null> {
  const [row] = await tx.db.select(shown).from(t).where(keyed(tx, key));
  return row ? { ...row, setAt: row.setAt.toISOString() } : null;
}

export async function upsertRate(
  tx: TxCtx,
  { rate, ...key }: RateKey & { rate: string },
  setBy: string,
): Promise<void> {
  const values = { rate, setBy, setAt: tx.now() };
  await tx.db
    .insert(t)
    .values({ agencyId: tx.agencyId, ...key, ...values })
    .onConflictDoUpdate({ target: [t.agencyId, t.base, t.quote, t.day], set: values });
}

export const deleteRate = (tx: TxCtx, key: RateKey) => tx.db.delete(t).where(keyed(tx, key));

export async function selectPairs(tx: TxCtx): Promise<CurrencyPair[]> {
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select base || ':' || quote as id, base, quote, count(*)::int as rates, min(day)::text as "firstDay", max(day)::text as "lastDay",
      trim_scale((array_agg(rate order by day desc))[1])::text as "lastRate"
    from currency_rates where agency_id = ${tx.agencyId} group by base, quote order by base, quote`);
  return rows as unknown as CurrencyPair[];
}

export interface PairRate {
  base: string;
  quote: string;
  day: string;
  rate: string;
}

/** All rates between a currency and others that the days may need: each pair's from the last one on or before the first of them. */
export async function ratesTo(tx: TxCtx, to: string, days: DayRange): Promise<PairRate[]> {
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select r.base, r.quote, r.day::text, r.rate::text from currency_rates r
    where r.agency_id = ${tx.agencyId} and r.day <= ${days.to} and (r.quote = ${to} or r.base = ${to})
      and r.day >= coalesce((select max(p.day) from currency_rates p where p.agency_id = r.agency_id and p.base = r.base
        and p.quote = r.quote and p.day <= ${days.from}), '-infinity'::date)
    order by r.day, r.base`);
  return rows as unknown as PairRate[];
}
