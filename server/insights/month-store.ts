// What accounts spent in a window of days of each, and how many of these days are known.
import type { TxCtx } from "../core/context";
import { rollupSource } from "./report-types";

export interface MonthWindow {
  account: string;
  from: string;
  to: string;
}

export interface MonthSpend {
  knownDays: number;
  /** Micros by currency. */
  spent: Map<string, bigint>;
}

interface Row {
  account: string;
  knownDays: number;
  spent: Record<string, string> | null;
}

/** By account. */
export async function monthSpends(tx: TxCtx, windows: readonly MonthWindow[]): Promise<Map<string, MonthSpend>> {
  const rows = await tx.sql.unsafe<Row[]>(
    `select w.account,
      (select count(*)::int from fact_days d where d.agency_id = $1::uuid and d.account_id = w.account
        and d.report_type = $3 and d.day between w."from" and w."to") as "knownDays",
      (select json_object_agg(currency, spent) from (
        select r.currency, sum(r.total_cost)::text as spent from rollup_account_day r
        where r.agency_id = $1::uuid and r.account_id = w.account and r.day between w."from" and w."to"
        group by r.currency) s) as spent
    from json_to_recordset($2::json) as w(account uuid, "from" date, "to" date)`,
    [tx.agencyId, JSON.stringify(windows), rollupSource],
  );
  return new Map(
    rows.map(({ account, knownDays, spent }) => [
      account,
      { knownDays, spent: new Map(Object.entries(spent ?? {}).map(([currency, sum]) => [currency, BigInt(sum)])) },
    ]),
  );
}
