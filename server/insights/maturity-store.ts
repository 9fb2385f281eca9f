// Learnt curves, and the versions they are learnt from.
import { sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { columnName, metricNames } from "./fact-store";
import type { Curve, History } from "./maturity";
import { type SourceColumn, sourceColumns } from "./metric";

export type Curves = Partial<Record<SourceColumn, Curve>>;

/** When the account's curves were learnt. */
export async function learntAt(tx: TxCtx, accountId: string): Promise<Date | null> {
  const [row] = await tx.sql<{ at: string | null }[]>`select max(learnt_at) as at from maturity_curves
    where agency_id = ${tx.agencyId}::uuid and account_id = ${accountId}::uuid`;
  return row?.at ? new Date(row.at) : null;
}

/** Each column's days from `from` on, oldest first, by the age at which they were last seen on each day. */
export async function dayHistories(
  tx: TxCtx,
  account: { id: string; currency: string; timeZone: string },
  from: string,
): Promise<{ histories: Record<SourceColumn, History[]>; asked: number[] }> {
  const rows = await tx.sql.unsafe(
    `select distinct on (day, age) day::text, age, ${metricNames.join(", ")},
      extract(epoch from (known_at at time zone $5)::time) / 86400 as share from account_day_versions
    where agency_id = $1::uuid and account_id = $2::uuid and currency = $3 and day >= $4::date and age >= 0
    order by day, age, known_at desc`,
    [tx.agencyId, account.id, account.currency, from, account.timeZone],
  );
  const days = [...new Set(rows.map((row) => String(row.day)))];
  const at = new Map(days.map((day, index) => [day, index]));
  const histories = Object.fromEntries(sourceColumns.map((column) => [column, days.map((): History => [])])) as Record<
    SourceColumn,
    History[]
  >;
  for (const row of rows) {
    const index = at.get(String(row.day)) ?? 0;
    for (const column of sourceColumns) {
      const history = histories[column][index];
      if (history) history[row.age] = Number(row[columnName(column)]);
    }
  }
  const shares = (age: number) => rows.filter((row) => row.age === age).map((row) => Number(row.share));
  return { histories, asked: [mean(shares(0)), mean(shares(1))] };
}

const mean = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 1 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

export async function saveCurves(tx: TxCtx, accountId: string, curves: Record<SourceColumn, Curve>): Promise<void> {
  const rows = sourceColumns.map((column) => ({ column, ...curves[column] }));
  await tx.db.execute(sql`
    insert into maturity_curves (agency_id, account_id, "column", learnt_at, growth, variance, weight, seen, asked, scale80, scale95)
    select ${tx.agencyId}::uuid, ${accountId}::uuid, c."column", ${tx.now().toISOString()}::timestamptz,
      c.growth, c.variance, c.weight, c.seen, c.asked, c."scale80", c."scale95"
    from json_to_recordset(${JSON.stringify(rows)}::json) as c("column" text, growth float8[], variance float8[],
      weight float8[], seen int[], asked float8[], "scale80" float8, "scale95" float8)
    on conflict (agency_id, account_id, "column") do update set learnt_at = excluded.learnt_at, growth = excluded.growth,
      variance = excluded.variance, weight = excluded.weight, seen = excluded.seen, asked = excluded.asked, scale80 = excluded.scale80,
      scale95 = excluded.scale95`);
}

/** When any account of the agency was last learnt from: young ones are judged by the others. */
export async function lastLearnt(tx: TxCtx): Promise<string | null> {
  const [row] = await tx.db.execute<{ at: string | null }>(
    sql`select max(learnt_at)::text as at from maturity_curves where agency_id = ${tx.agencyId}`,
  );
  return row?.at ?? null;
}

type Row = Curve & { accountId: string; column: SourceColumn };

/** By account. */
export async function curvesOf(tx: TxCtx, accountIds: readonly string[]): Promise<Map<string, Curves>> {
  const rows = await tx.db.execute<Row & Record<string, unknown>>(sql`
    select account_id as "accountId", "column", growth, variance, weight, seen, asked, scale80, scale95 from maturity_curves
    where agency_id = ${tx.agencyId} and account_id = any(${arrayLiteral(accountIds)}::uuid[])`);
  const curves = new Map<string, Curves>(accountIds.map((id) => [id, {}]));
  for (const { accountId, column, ...curve } of rows) {
    const own = curves.get(accountId);
    if (own) own[column] = curve;
  }
  return curves;
}

/** What all accounts of the agency have shown together: for those that are too young to have shown anything. Sums of several currencies are not added: each account counts by the days it has. */
export async function agencyCurves(tx: TxCtx): Promise<Curves> {
  const rows = await tx.db.execute<Omit<Row, "accountId"> & Record<string, unknown>>(sql`
    select "column", array_agg(growth order by age) as growth, array_agg(variance order by age) as variance,
      array_agg(weight order by age) as weight, array_agg(seen order by age) as seen,
      array[avg(asked0), avg(asked1)]::float8[] as asked, max(scale80) as scale80, max(scale95) as scale95
    from (
      select c."column", a.age, coalesce(sum(a.growth * a.seen) / nullif(sum(a.seen), 0), 1) as growth,
        coalesce(sum(a.variance * a.seen) / nullif(sum(a.seen), 0), 0) as variance, sum(a.weight) as weight, sum(a.seen)::int as seen,
        avg(c.asked[1]) as asked0, avg(c.asked[2]) as asked1, max(c.scale80) as scale80, max(c.scale95) as scale95
      from maturity_curves c
      cross join lateral unnest(c.growth, c.variance, c.weight, c.seen) with ordinality as a(growth, variance, weight, seen, age)
      where c.agency_id = ${tx.agencyId} group by c."column", a.age) s
    group by "column"`);
  return Object.fromEntries(rows.map(({ column, ...curve }) => [column, curve]));
}
