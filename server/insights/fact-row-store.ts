// The rows of the campaign report that a number is the sum of, as they stood at a moment.
import { type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import type { ListQuery, ListResult } from "../core/query";
import { metricSql } from "./campaign-store";
import { metricNames } from "./fact-store";
import { deliveredIn, sumColumns, sumRow, windowsOf } from "./kpi-store";
import { mostFactsCounted } from "./level-contract";
import { isMetricId, type Sums } from "./metrics";
import type { Within } from "./part";

export interface StoredFact {
  accountId: string;
  day: string;
  campaignId: string;
  campaignName: string | null;
  adGroupId: string;
  adGroupName: string | null;
  creativeId: string;
  creativeName: string | null;
  currency: string;
  knownAt: Date;
  revisions: number;
  sums: Sums;
}

export interface FactsAsked extends Within {
  currency: string | null;
}

const factsOf = (tx: TxCtx, { scope, part, currency }: FactsAsked): SQL => sql`
  ${deliveredIn(tx, { windows: windowsOf(scope.accounts), at: scope.at, part, grain: "fact" })}
  ${currency === null ? sql`` : sql`and r.currency = ${currency}`}`;

const keys = ["account_id", "campaign_id", "ad_group_id", "creative_id"];
const grain = sql.raw(keys.map((key) => `s.${key}`).join(", "));

function orderOf(sort: ListQuery["sort"]): SQL {
  const direction = sql.raw(sort?.order === "asc" ? "asc" : "desc");
  const field = sort?.field ?? "day";
  const column = isMetricId(field) ? metricSql(field) : sql.raw(field === "knownAt" ? "s.known_at" : "s.day");
  return sql`${column} ${direction} nulls last, s.day desc, ${grain}`;
}

/** The newest day first. Rows are counted to one more than is told. */
export async function selectFacts(
  tx: TxCtx,
  asked: FactsAsked,
  { sort, start, limit }: ListQuery,
): Promise<ListResult<StoredFact>> {
  if (asked.scope.accounts.length === 0) return { items: [], total: 0 };
  const { at } = asked.scope;
  const columns = sql.raw(
    [...keys, "day", "segment", "currency", "known_at", ...metricNames].map((name) => `r.${name}`).join(", "),
  );
  const until = at === null ? sql`` : sql`and v.superseded_at <= ${at.toISOString()}`;
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select s.*, s.day::text as day, c.name as campaign_name, g.name as ad_group_name, k.name as creative_name,
      (select count(*)::int from fact_revisions v where v.agency_id = ${tx.agencyId} and v.account_id = s.account_id and v.day = s.day
        and v.campaign_id = s.campaign_id and v.ad_group_id = s.ad_group_id and v.creative_id = s.creative_id
        and v.segment = s.segment and v.report_type = s.report_type ${until}) as revisions
    from (select s.* from (select r.report_type, ${columns} from ${factsOf(tx, asked)}) s
      order by ${orderOf(sort)} limit ${limit} offset ${start}) s
    left join campaigns c on c.agency_id = ${tx.agencyId} and c.account_id = s.account_id and c.campaign_id = s.campaign_id
    left join ad_groups g on g.agency_id = ${tx.agencyId} and g.account_id = s.account_id and g.ad_group_id = s.ad_group_id
    left join creatives k on k.agency_id = ${tx.agencyId} and k.account_id = s.account_id and k.creative_id = s.creative_id
    order by ${orderOf(sort)}`);
  const [count] = await tx.db.execute<{ total: number }>(sql`
    select count(*)::int as total from (select 1 from ${factsOf(tx, asked)} limit ${mostFactsCounted + 1}) counted`);
  return { items: rows.map(read), total: count?.total ?? 0 };
}

const text = (value: unknown): string | null => (value === null ? null : String(value));

const read = (row: Record<string, unknown>): StoredFact => ({
  accountId: String(row.account_id),
  day: String(row.day),
  campaignId: String(row.campaign_id),
  campaignName: text(row.campaign_name),
  adGroupId: String(row.ad_group_id),
  adGroupName: text(row.ad_group_name),
  creativeId: String(row.creative_id),
  creativeName: text(row.creative_name),
  currency: String(row.currency),
  knownAt: new Date(String(row.known_at)),
  revisions: Number(row.revisions),
  sums: sumRow(row),
});

/** What all of them add up to, by currency: the one with most rows first. */
export async function factTotals(
  tx: TxCtx,
  asked: FactsAsked,
): Promise<{ currency: string; rows: number; sums: Sums }[]> {
  if (asked.scope.accounts.length === 0) return [];
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select r.currency, count(*)::int as rows, ${sql.raw(sumColumns("r"))} from ${factsOf(tx, asked)}
    group by 1 order by 2 desc, 1`);
  return rows.map((row) => ({ currency: String(row.currency), rows: Number(row.rows), sums: sumRow(row) }));
}
