// Campaigns with their flights, and what each spent over days of its own.
import { sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { rollupSource } from "./report-types";
import { campaignDays } from "./version-store";

export interface BudgetedCampaign {
  accountId: string;
  campaignId: string;
  name: string;
  /** As Amazon sent them. */
  source: unknown;
  budget: string | null;
  budgetPeriod: string | null;
  startsAt: string | null;
  endsAt: string | null;
}

/** Those that are switched on; of one campaign whatever its state. */
export async function budgetedCampaigns(
  tx: TxCtx,
  accountIds: readonly string[],
  campaignId: string | undefined,
): Promise<BudgetedCampaign[]> {
  const only = campaignId === undefined ? sql`state = 'ENABLED'` : sql`campaign_id = ${campaignId}`;
  const rows = await tx.db.execute<BudgetedCampaign & Record<string, unknown>>(sql`
    select account_id as "accountId", campaign_id as "campaignId", name, json_build_object('flights', source -> 'flights') as source,
      budget::text, budget_period as "budgetPeriod", starts_at as "startsAt", ends_at as "endsAt"
    from campaigns where agency_id = ${tx.agencyId} and account_id = any(${arrayLiteral(accountIds)}::uuid[]) and ${only}
    order by name, campaign_id`);
  return [...rows];
}

export interface SpendWindow {
  account: string;
  campaign: string;
  from: string;
  to: string;
  /** The account's: money of another is not added. */
  currency: string;
  /** The first of the last days. */
  recent: string;
}

export interface WindowSpend {
  spent: bigint;
  recent: bigint;
  knownDays: number;
}

/** By `<account>:<campaign>`, as it stood at the moment. */
export async function windowSpends(
  tx: TxCtx,
  windows: readonly SpendWindow[],
  at: Date | null,
): Promise<Map<string, WindowSpend>> {
  if (windows.length === 0) return new Map();
  const span = {
    accountIds: [...new Set(windows.map(({ account }) => account))],
    from: windows.map(({ from }) => from).sort()[0] ?? "",
    to:
      windows
        .map(({ to }) => to)
        .sort()
        .at(-1) ?? "",
  };
  const then = at === null ? sql`` : sql`and d.first_known_at <= ${at.toISOString()}`;
  const rows = await tx.db.execute<{ id: string; spent: string; recent: string; known: number }>(sql`
    select w.account || ':' || w.campaign as id, coalesce(sum(r.total_cost), 0)::text as spent,
      coalesce(sum(r.total_cost) filter (where r.day >= w.recent), 0)::text as recent,
      (select count(*)::int from fact_days d where d.agency_id = ${tx.agencyId} and d.account_id = w.account
        and d.report_type = ${rollupSource} and d.day between w."from" and w."to" ${then}) as known
    from json_to_recordset(${JSON.stringify(windows)}::json) as w(account uuid, campaign text, "from" date, "to" date, currency text, recent date)
    left join ${campaignDays(tx, at, span)} r on r.agency_id = ${tx.agencyId} and r.account_id = w.account
      and r.campaign_id = w.campaign and r.currency = w.currency and r.day between w."from" and w."to"
    group by w.account, w.campaign, w."from", w."to"`);
  return new Map(
    rows.map(({ id, spent, recent, known }) => [
      id,
      { spent: BigInt(spent), recent: BigInt(recent), knownDays: known },
    ]),
  );
}
