import { and, eq, getTableColumns, lt, ne, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { TxCtx } from "../core/context";
import type { AdGroupRow, AdRow, CampaignRow } from "./entity-rows";
import { rollupSource } from "./report-types";
import { adGroups, ads, campaigns, coverage } from "./tables";

/** The state of what a report names, or a former listing had, and Amazon's present listing has not. */
export const unlisted = "UNLISTED";

/** One listing under way: rows it has not touched when it is complete are no longer listed. */
export interface Listing {
  accountId: string;
  startedAt: Date;
}

/** `set` of an upsert: every column but the key's takes the new row's value. */
const takeNew = (columns: Record<string, PgColumn>): Record<string, SQL> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, sql.raw(`excluded.${column.name}`)]));

/** A listing under way must not put back what was changed at Amazon meanwhile. */
const isNotNewer = (syncedAt: PgColumn): SQL => sql`${syncedAt} <= excluded.synced_at`;

const rowsOf = <R extends object>(tx: TxCtx, { accountId, startedAt }: Listing, rows: readonly R[]) =>
  rows.map((row) => ({ ...row, agencyId: tx.agencyId, accountId, syncedAt: startedAt }));

export async function upsertCampaigns(tx: TxCtx, listing: Listing, rows: readonly CampaignRow[]): Promise<void> {
  const { agencyId, accountId, campaignId, ...rest } = getTableColumns(campaigns);
  await tx.db
    .insert(campaigns)
    .values(rowsOf(tx, listing, rows))
    .onConflictDoUpdate({
      target: [agencyId, accountId, campaignId],
      set: takeNew(rest),
      setWhere: isNotNewer(campaigns.syncedAt),
    });
  await raiseVersion(tx, listing);
}

export async function upsertAdGroups(tx: TxCtx, listing: Listing, rows: readonly AdGroupRow[]): Promise<void> {
  const { agencyId, accountId, adGroupId, ...rest } = getTableColumns(adGroups);
  await tx.db
    .insert(adGroups)
    .values(rowsOf(tx, listing, rows))
    .onConflictDoUpdate({
      target: [agencyId, accountId, adGroupId],
      set: takeNew(rest),
      setWhere: isNotNewer(adGroups.syncedAt),
    });
  await raiseVersion(tx, listing);
}

/** What was remembered of the account's entities is out of date. Before the first listing's end nothing was. */
async function raiseVersion(tx: TxCtx, { accountId }: Listing): Promise<void> {
  await tx.db
    .update(coverage)
    .set({ dataVersion: sql`${coverage.dataVersion} + 1` })
    .where(
      and(eq(coverage.agencyId, tx.agencyId), eq(coverage.accountId, accountId), eq(coverage.subject, "entities")),
    );
}

export async function upsertAds(tx: TxCtx, listing: Listing, rows: readonly AdRow[]): Promise<void> {
  const { agencyId, accountId, adId, ...rest } = getTableColumns(ads);
  await tx.db
    .insert(ads)
    .values(rowsOf(tx, listing, rows))
    .onConflictDoUpdate({ target: [agencyId, accountId, adId], set: takeNew(rest) });
}

/** After a complete listing only: what it did not name is no longer listed. */
export async function markUnlisted(tx: TxCtx, { accountId, startedAt }: Listing): Promise<void> {
  for (const table of [campaigns, adGroups, ads]) {
    await tx.db
      .update(table)
      .set({ state: unlisted, deliveryStatus: null, deliveryReasons: [] })
      .where(
        and(
          eq(table.agencyId, tx.agencyId),
          eq(table.accountId, accountId),
          lt(table.syncedAt, startedAt),
          ne(table.state, unlisted),
        ),
      );
  }
}

export async function markListed(tx: TxCtx, { accountId, startedAt }: Listing): Promise<void> {
  await tx.db
    .insert(coverage)
    .values({ agencyId: tx.agencyId, accountId, subject: "entities", syncedAt: startedAt })
    .onConflictDoUpdate({
      target: [coverage.agencyId, coverage.accountId, coverage.subject],
      set: { syncedAt: startedAt, dataVersion: sql`${coverage.dataVersion} + 1` },
    });
}

/** A report may name what no listing has shown yet: it gets a row, so that no number is without its campaign. */
export async function addMissing(tx: TxCtx, accountId: string, days: { from: string; to: string }): Promise<void> {
  const since = new Date(0).toISOString();
  const place = [tx.agencyId, accountId, days.from, days.to, unlisted, since];
  const known = "agency_id = $1::uuid and account_id = $2::uuid";
  await tx.sql.unsafe(
    `insert into campaigns (agency_id, account_id, campaign_id, name, state, delivery_reasons, source, synced_at)
    select $1::uuid, $2::uuid, campaign_id, 'Campaign ' || campaign_id, $5, '{}', '{}', $6::timestamptz
    from rollup_campaign_day where ${known} and day between $3::date and $4::date
    group by campaign_id on conflict do nothing`,
    place,
  );
  await tx.sql.unsafe(
    `insert into ad_groups (agency_id, account_id, ad_group_id, campaign_id, name, state, delivery_reasons, source, synced_at)
    select $1::uuid, $2::uuid, ad_group_id, min(campaign_id), 'Ad group ' || ad_group_id, $5, '{}', '{}', $6::timestamptz
    from facts where ${known} and report_type = '${rollupSource}' and day between $3::date and $4::date and ad_group_id <> ''
    group by ad_group_id on conflict do nothing`,
    place,
  );
}

export type CreativeNames = ReadonlyMap<string, { name: string; kind: string; size: string }>;

/** Names of creatives, as the latest report has them. */
export async function nameCreatives(tx: TxCtx, accountId: string, names: CreativeNames): Promise<void> {
  if (names.size === 0) return;
  const rows = [...names].map(([id, { name, kind, size }]) => ({ id, name, kind, size }));
  await tx.sql.unsafe(
    `insert into creatives as c (agency_id, account_id, creative_id, name, kind, size)
    select $1::uuid, $2::uuid, r.id, r.name, nullif(r.kind, ''), nullif(r.size, '')
    from json_to_recordset($3::json) as r (id text, name text, kind text, size text)
    on conflict (agency_id, account_id, creative_id) do update
    set name = excluded.name, kind = excluded.kind, size = excluded.size
    where (c.name, c.kind, c.size) is distinct from (excluded.name, excluded.kind, excluded.size)`,
    [tx.agencyId, accountId, JSON.stringify(rows)],
  );
}
