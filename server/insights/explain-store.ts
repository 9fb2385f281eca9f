// Sums over both windows of what a brand, a campaign, an ad group or a creative is made of.
import { sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { deliveredIn, type Grain, inWindows, type Seen, sumColumns, sumRow } from "./kpi-store";
import type { Sums } from "./metrics";
import type { Part } from "./part";

export interface PartRow {
  /** `<account>:<campaign, ad group or creative>` */
  id: string;
  currency: string;
  current: boolean;
  sums: Sums;
}

type Split = "campaign_id" | "ad_group_id" | "creative_id";

/** What a part is made of: campaigns of ad groups, these of creatives; a creative of the ad groups it ran in. */
export const splitOf = ({ campaignId, adGroupId, creativeId }: Part): Split => {
  if (adGroupId !== undefined) return "creative_id";
  return campaignId !== undefined || creativeId !== undefined ? "ad_group_id" : "campaign_id";
};

export async function partRows(tx: TxCtx, seen: Seen, part: Part): Promise<PartRow[]> {
  const split = splitOf(part);
  const grain: Grain = split === "campaign_id" ? "campaign" : "fact";
  const rows = await inWindows(seen, (windows, at) =>
    tx.db.execute<Record<string, unknown>>(sql`
      select r.account_id || ':' || r.${sql.raw(split)} as id, r.currency, w.current, ${sql.raw(sumColumns("r"))}
      from ${deliveredIn(tx, { windows, at, part, grain })} group by 1, 2, 3`),
  );
  return rows.map((row) => ({
    id: String(row.id),
    currency: String(row.currency),
    current: row.current === true,
    sums: sumRow(row),
  }));
}

const tables: Record<Split, string> = { campaign_id: "campaigns", ad_group_id: "ad_groups", creative_id: "creatives" };

export async function namesOf(tx: TxCtx, ids: readonly string[], split: Split): Promise<Map<string, string>> {
  const key = sql.raw(split);
  const rows = await tx.db.execute<{ id: string; name: string }>(sql`
    select account_id || ':' || ${key} as id, name from ${sql.raw(tables[split])}
    where agency_id = ${tx.agencyId} and account_id || ':' || ${key} = any(${arrayLiteral(ids)}::text[])`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
