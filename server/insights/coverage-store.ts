// What is known of each report type's days: when Amazon was asked, what is on its way, and how the last try ended.

import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";

export interface TypeFacts {
  /** When Amazon was asked, by day. */
  asked: Map<string, string>;
  /** Days that are asked for now. */
  open: { from: string; to: string }[];
  openNote: string | null;
  /** Of the last try, where it failed. */
  failedNote: string | null;
  syncedAt: string | null;
  rejectedRows: number;
}

const nothing = (): TypeFacts => ({
  asked: new Map(),
  open: [],
  openNote: null,
  failedNote: null,
  syncedAt: null,
  rejectedRows: 0,
});

type RunRow = Omit<TypeFacts, "asked"> & { accountId: string; subject: string };

/** @param accounts with the first day of interest @returns by `<account>:<report type>` */
export async function typeFacts(
  tx: TxCtx,
  accounts: readonly { id: string; from: string }[],
): Promise<Map<string, TypeFacts>> {
  const found = new Map<string, TypeFacts>();
  const of = (key: string): TypeFacts => {
    const facts = found.get(key) ?? nothing();
    found.set(key, facts);
    return facts;
  };
  const days = await tx.sql.unsafe<{ key: string; day: string; at: string }[]>(
    `select d.account_id || ':' || d.report_type as key, d.day::text, d.observed_at as at
    from json_to_recordset($2::json) as w(id uuid, "from" date)
    join fact_days d on d.agency_id = $1::uuid and d.account_id = w.id and d.day >= w."from"`,
    [tx.agencyId, JSON.stringify(accounts)],
  );
  for (const { key, day, at } of days) of(key).asked.set(day, new Date(at).toISOString());
  const runs = await tx.sql.unsafe<RunRow[]>(
    `select s.account_id as "accountId", s.subject,
      coalesce(json_agg(json_build_object('from', range_start, 'to', range_end)) filter (where state in ('due', 'requested')), '[]') as open,
      max(note) filter (where state in ('due', 'requested')) as "openNote",
      (array_agg(case when state = 'failed' then note end order by finished_at desc, id desc)
        filter (where state in ('done', 'failed')))[1] as "failedNote",
      max(requested_at) filter (where state = 'done') as "syncedAt",
      coalesce(sum(rows_rejected), 0)::int as "rejectedRows"
    from sync_runs s where s.agency_id = $1::uuid and s.account_id = any($2::uuid[]) and s.subject <> 'entities' group by 1, 2`,
    [tx.agencyId, arrayLiteral(accounts.map(({ id }) => id))],
  );
  for (const { accountId, subject, ...run } of runs) Object.assign(of(`${accountId}:${subject}`), run);
  return found;
}
