// Sums of the parts of a brand or a campaign over both windows.
import { sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { inWindows, type Seen, spanOf, sumColumns, sumRow, type Window, windowRows } from "./kpi-store";
import type { Sums } from "./metrics";
import { rollupSource } from "./report-types";
import { list } from "./scope-store";
import { campaignDays, factsAt } from "./version-store";

export interface PartRow {
  /** `<account>:<campaign or ad group>` */
  id: string;
  currency: string;
  current: boolean;
  sums: Sums;
}

/** By campaign; of one campaign by ad group. */
export async function partRows(tx: TxCtx, seen: Seen, campaignId: string | undefined): Promise<PartRow[]> {
  const part = sql.raw(campaignId === undefined ? "campaign_id" : "ad_group_id");
  const only =
    campaignId === undefined ? sql`` : sql`and r.campaign_id = ${campaignId} and r.report_type = ${rollupSource}`;
  const daysOf = (windows: Window[], at: Date | null) =>
    campaignId === undefined ? campaignDays(tx, at, spanOf(windows)) : factsAt(tx, at, spanOf(windows));
  const rows = await inWindows(seen, (windows, at) =>
    tx.db.execute<Record<string, unknown>>(sql`
      select r.account_id || ':' || r.${part} as id, r.currency, w.current, ${sql.raw(sumColumns("r"))}
      from ${windowRows(windows)} join ${daysOf(windows, at)} r
        on r.agency_id = ${tx.agencyId} and r.account_id = w.account and r.day between w."from" and w."to" ${only}
      group by 1, 2, 3`),
  );
  return rows.map((row) => ({
    id: String(row.id),
    currency: String(row.currency),
    current: row.current === true,
    sums: sumRow(row),
  }));
}

export async function namesOf(
  tx: TxCtx,
  { ids, campaignId }: { ids: readonly string[]; campaignId: string | undefined },
): Promise<Map<string, string>> {
  const [table, key] =
    campaignId === undefined ? [sql`campaigns`, sql`campaign_id`] : [sql`ad_groups`, sql`ad_group_id`];
  const rows = await tx.db.execute<{ id: string; name: string }>(sql`
    select account_id || ':' || ${key} as id, name from ${table}
    where agency_id = ${tx.agencyId} and account_id || ':' || ${key} = any(${list(ids)}::text[])`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
