// Campaigns and ad groups as they are before a change, with their accounts; and what has been spent of a budget.
import { and, eq, inArray, sql } from "drizzle-orm";
import { accounts } from "../connections/tables";
import type { TxCtx } from "../core/context";
import type { ChangeEntity } from "./change-contract";
import type { AccountRow, EntityRef } from "./change-store";
import type { Changeable } from "./change-values";
import { rollupSource } from "./report-types";
import { visibleAccounts } from "./run-store";
import { adGroups, campaigns } from "./tables";

export interface ChangeableEntity {
  ref: EntityRef;
  row: Changeable;
  account: AccountRow;
}

/** Those of the entities that the actor may see. */
export async function selectChangeables(
  tx: TxCtx,
  entity: ChangeEntity,
  refs: readonly EntityRef[],
): Promise<ChangeableEntity[]> {
  const table = entity === "campaign" ? campaigns : adGroups;
  const idColumn = entity === "campaign" ? campaigns.campaignId : adGroups.adGroupId;
  const rows = await tx.db
    .select({
      account: accounts,
      entityId: idColumn,
      name: table.name,
      state: table.state,
      budget: table.budget,
      startsAt: table.startsAt,
      endsAt: table.endsAt,
      ...(entity === "ad-group" ? { baseBid: adGroups.baseBid } : {}),
    })
    .from(table)
    .innerJoin(accounts, and(eq(accounts.agencyId, table.agencyId), eq(accounts.id, table.accountId)))
    .where(
      and(
        eq(table.agencyId, tx.agencyId),
        inArray(
          sql`${table.accountId}::text || ':' || ${idColumn}`,
          refs.map(({ accountId, entityId }) => `${accountId}:${entityId}`),
        ),
        inArray(
          table.accountId,
          refs.map(({ accountId }) => accountId),
        ),
        visibleAccounts(tx),
      ),
    );
  return rows.map(({ account, entityId, ...row }) => ({
    ref: { accountId: account.id, entity, entityId },
    row,
    account,
  }));
}

export interface SpentSince {
  accountId: string;
  campaignId: string;
  /** Empty: all of the campaign. */
  adGroupId: string;
  /** The first report day that counts. */
  since: string;
}

/** Micros spent since then, in the order asked, as far as reports have come. */
export async function selectSpent(tx: TxCtx, wanted: readonly SpentSince[]): Promise<bigint[]> {
  if (wanted.length === 0) return [];
  const rows = await tx.sql.unsafe<{ spent: string }[]>(
    `select coalesce(case when w."adGroupId" = '' then
        (select sum(r.total_cost) from rollup_campaign_day r where r.agency_id = $1::uuid and r.account_id = w."accountId"
          and r.campaign_id = w."campaignId" and r.day >= w.since)
      else (select sum(f.total_cost) from facts f where f.agency_id = $1::uuid and f.account_id = w."accountId"
          and f.report_type = $2 and f.campaign_id = w."campaignId" and f.ad_group_id = w."adGroupId" and f.day >= w.since)
      end, 0)::text as spent
    from json_to_recordset($3::json) as
      w("accountId" uuid, "campaignId" text, "adGroupId" text, since date, place int) order by place`,
    [tx.agencyId, rollupSource, JSON.stringify(wanted.map((one, place) => ({ ...one, place })))],
  );
  return rows.map(({ spent }) => BigInt(spent));
}
