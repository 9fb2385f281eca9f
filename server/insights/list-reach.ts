// People reached by month and advertiser, and how often. Neither number is ever added.
import type { TxCtx } from "../core/context";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { reachFacts } from "./breakdown-store";
import { monthsOf } from "./due-reports";
import type { ReachMonth } from "./report-contract";
import { reportTypes } from "./report-types";
import { readScope, type ScopedAccount } from "./scope";
import { viewOf } from "./view";

/** The calendar months that the range touches, the newest first. */
export async function listReach(tx: TxCtx, query: ListQuery): Promise<ListResult<ReachMonth>> {
  requireRead(tx, "insights.read", "anyBrand");
  const filter = {
    brandIds: filterValues(query, "brandId") ?? undefined,
    accountIds: filterValues(query, "accountId") ?? undefined,
  };
  const { accounts, at } = await readScope(tx, filter, viewOf(query));
  const months = new Map(accounts.map((account) => [account.id, monthsOf(account.range, account.today)]));
  const whole = accounts.map((account): ScopedAccount => {
    const from = months.get(account.id)?.at(-1)?.from ?? account.range.from;
    return { ...account, range: { ...account.range, from } };
  });
  const facts = await reachFacts(tx, { accounts: whole, at }, reportTypes.reachFrequency.id);
  const items = facts.map((fact): ReachMonth => {
    const to = months.get(fact.accountId)?.find(({ from }) => from === fact.day)?.to ?? fact.day;
    return {
      id: `${fact.accountId}:${fact.day}`,
      accountId: fact.accountId,
      accountName: accounts.find(({ id }) => id === fact.accountId)?.name ?? "",
      from: fact.day,
      to,
      reach: numberOf(fact.reach),
      frequency: numberOf(fact.frequency),
      askedAt: new Date(fact.askedAt).toISOString(),
    };
  });
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
