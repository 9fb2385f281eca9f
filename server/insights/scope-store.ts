// Which accounts a reader's numbers come from, and how far each reaches.
import { type SQL, sql } from "drizzle-orm";
import type { Permission, TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { rollupSource } from "./report-types";
import { visibleAccounts } from "./run-store";

export interface ScopeFilter {
  brandIds?: readonly string[];
  accountIds?: readonly string[];
  /** What the reader must hold for an account's brand; `insights.read` where left out; null: any role, for a command that asks for its own. */
  permission?: Permission | null;
}

export interface ScopeAccount {
  id: string;
  name: string;
  brandId: string | null;
  brandName: string | null;
  currency: string;
  timeZone: string;
  /** When Amazon was last asked for its numbers. */
  syncedAt: Date | null;
  firstDay: string | null;
  lastDay: string | null;
  /** Grows with every commit that changes the account's numbers or entities. */
  version: string;
}

type Row = Omit<ScopeAccount, "syncedAt"> & { syncedAt: string | null };

/** Advertisers whose numbers the actor may see, by the filter; ids that are no uuid match nothing. */
export async function scopeAccounts(
  tx: TxCtx,
  { brandIds, accountIds, permission = "insights.read" }: ScopeFilter,
  at: Date | null = null,
): Promise<ScopeAccount[]> {
  const brand = brandIds ? sql`and accounts.brand_id::text = any(${arrayLiteral(brandIds)}::text[])` : sql``;
  const account = accountIds ? sql`and accounts.id::text = any(${arrayLiteral(accountIds)}::text[])` : sql``;
  const rows = await tx.db.execute<Row & Record<string, unknown>>(sql`
    select accounts.id, accounts.name, accounts.brand_id as "brandId", b.name as "brandName", accounts.currency,
      accounts.time_zone as "timeZone", c.synced_at as "syncedAt", c.first_day::text as "firstDay", c.last_day::text as "lastDay",
      (select coalesce(sum(v.data_version), 0)::text from coverage v
        where v.agency_id = accounts.agency_id and v.account_id = accounts.id) as version
    from accounts
    left join brands b on b.agency_id = accounts.agency_id and b.id = accounts.brand_id
    left join ${reachAt(tx, at)} c on c.agency_id = accounts.agency_id and c.account_id = accounts.id and c.subject = ${rollupSource}
    where ${visibleAccounts(tx, permission ?? undefined)} and accounts.kind = 'dsp_advertiser' ${brand} ${account}
    order by accounts.name, accounts.id`);
  return rows.map(({ syncedAt, ...row }) => ({ ...row, syncedAt: syncedAt ? new Date(syncedAt) : null }));
}

/** How far each account's data reached at the moment. */
const reachAt = (tx: TxCtx, at: Date | null): SQL =>
  at === null
    ? sql`coverage`
    : sql`(select agency_id, account_id, ${rollupSource}::text as subject, max(known_at) as synced_at, min(day) as first_day,
        max(day) as last_day from account_day_versions where agency_id = ${tx.agencyId} and known_at <= ${at.toISOString()}
        group by agency_id, account_id)`;

/** Whether the transaction still stands: after its end Postgres shows no agency's rows, and says nothing of it. */
export async function isStillOpen(tx: TxCtx): Promise<boolean> {
  const [row] = await tx.db.execute<{ agency: string | null }>(
    sql`select current_setting('app.agency_id', true) as agency`,
  );
  return row?.agency === tx.agencyId;
}

/** The versions of all that is kept of these accounts, as one text. */
export async function dataVersions(tx: TxCtx, accountIds: readonly string[]): Promise<string> {
  const [row] = await tx.db.execute<{ versions: string | null }>(sql`
    select string_agg(account_id || ' ' || subject || ' ' || data_version, ',' order by account_id, subject) as versions
    from coverage where agency_id = ${tx.agencyId} and account_id = any(${arrayLiteral(accountIds)}::uuid[])`);
  return row?.versions ?? "";
}
