// The sandbox's truth of each day at the moment it was last asked for, added up by level.
import type { Sql } from "postgres";
import type { RunningSandbox } from "../../../sandbox";
import { isOpened, measures, type Sums } from "./shown";

interface Answered {
  amazonId: string;
  currency: string;
  day: string;
  at: string;
}

interface Place {
  agencyId: string;
  sandbox: RunningSandbox;
}

export async function truthAsAnswered(owner: Sql, { agencyId, sandbox }: Place): Promise<Sums> {
  const days = await owner<Answered[]>`
    select a.amazon_id as "amazonId", a.currency, d.day::text as day, to_json(d.observed_at)#>>'{}' as at
    from fact_days d join accounts a on a.agency_id = d.agency_id and a.id = d.account_id
    where d.agency_id = ${agencyId} and d.report_type = 'campaign' order by 1, 3`;
  const sums = new Map<string, bigint>();
  const add = (what: string, values: Record<string, string>) => {
    for (const [ours, theirs] of Object.entries(measures)) {
      const key = `${what} ${ours}`;
      sums.set(key, (sums.get(key) ?? 0n) + BigInt(values[theirs] ?? 0));
    }
  };
  for (const { amazonId, currency, startDate, endDate, asOf } of stretchesOf(days)) {
    const ask = (by: "campaign" | "adGroup", campaignId?: string) => {
      const truth = sandbox.control.truth({ advertiserId: amazonId, startDate, endDate, asOf, by, campaignId });
      if (!truth) throw new Error(`the sandbox knows no advertiser ${amazonId}`);
      return truth;
    };
    const { total, by } = ask("campaign");
    add(`brand ${currency}`, total);
    for (const [campaignId, values] of Object.entries(by)) {
      add(`campaign ${campaignId}`, values);
      if (!isOpened(campaignId)) continue;
      for (const [id, own] of Object.entries(ask("adGroup", campaignId).by)) add(`ad group ${id}`, own);
    }
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n).map(([key, sum]) => [key, String(sum)]));
}

/** Days in a row that were answered at the same moment. */
function stretchesOf(days: readonly Answered[]) {
  const stretches: { amazonId: string; currency: string; startDate: string; endDate: string; asOf: string }[] = [];
  for (const { amazonId, currency, day, at } of days) {
    const last = stretches.at(-1);
    if (last?.amazonId === amazonId && last.asOf === at && follows(last.endDate, day)) last.endDate = day;
    else stretches.push({ amazonId, currency, startDate: day, endDate: day, asOf: at });
  }
  return stretches;
}

const follows = (one: string, next: string): boolean => Date.parse(next) - Date.parse(one) === 86_400_000;
