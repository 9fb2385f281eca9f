// The rows behind a number: day by day, as the report said them, and what they add up to.
import type { TxCtx } from "../core/context";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { type FactsAsked, factTotals, type StoredFact, selectFacts } from "./fact-row-store";
import type { FactRow, FactTotal } from "./level-contract";
import { hidesMoney, refuseMoneyOrder, shownTo } from "./money";
import { readWithin } from "./part";
import { reportTypes, rollupSource } from "./report-types";
import { rowValues } from "./row-values";
import { freshnessOf, type Scope, type ScopedAccount, settledByRule } from "./scope";

async function askedOf(tx: TxCtx, query: ListQuery): Promise<FactsAsked> {
  requireRead(tx, "insights.read", "anyBrand");
  const [currency = null] = filterValues(query, "currency") ?? [];
  return { ...(await readWithin(tx, query)), currency };
}

export async function listFactRows(tx: TxCtx, query: ListQuery): Promise<ListResult<FactRow>> {
  const asked = await askedOf(tx, query);
  const { accounts } = asked.scope;
  refuseMoneyOrder(query, accounts);
  const { items, total } = await selectFacts(tx, asked, query);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const freshness = new Map(accounts.map((account) => [account.id, freshnessOf([account])]));
  const shown = items.flatMap((item) => {
    const [account, fresh] = [byId.get(item.accountId), freshness.get(item.accountId)];
    return account && fresh ? [show(item, { account, freshness: fresh, own: asked.scope.own })] : [];
  });
  return { items: shown, total };
}

interface Around extends Pick<FactRow, "freshness">, Pick<Scope, "own"> {
  account: ScopedAccount;
}

function show(fact: StoredFact, { account, freshness, own }: Around): FactRow {
  const { day, campaignId, adGroupId, creativeId, sums, knownAt, ...rest } = fact;
  const inAccount = (id: string) => `${account.id}:${id}`;
  const shown = {
    ...rest,
    id: inAccount([day, campaignId, adGroupId, creativeId].join(":")),
    day,
    accountName: account.name,
    brandName: account.brandName,
    campaignId: inAccount(campaignId),
    campaignName: rest.campaignName ?? `Campaign ${campaignId}`,
    adGroupId: inAccount(adGroupId),
    adGroupName: rest.adGroupName ?? `Ad group ${adGroupId}`,
    creativeId: inAccount(creativeId),
    creativeName: rest.creativeName || `Creative ${creativeId}`,
    report: reportTypes[rollupSource].label,
    knownAt: knownAt.toISOString(),
    values: rowValues(sums, { own, hidden: account.moneyHidden }),
    settled: settledByRule({ from: day, to: day }, account.today),
    freshness,
  };
  return shownTo(shown, account.moneyHidden);
}

/** One item a currency over all rows that match; sorting and window are of no concern. */
export async function listFactTotals(tx: TxCtx, query: ListQuery): Promise<ListResult<FactTotal>> {
  const asked = await askedOf(tx, query);
  const totals = await factTotals(tx, asked);
  const hidden = hidesMoney(asked.scope.accounts);
  const items = totals.map(({ currency, rows, sums }) =>
    shownTo({ id: currency, currency, rows, values: rowValues(sums, { own: asked.scope.own, hidden }) }, hidden),
  );
  return { items, total: items.length };
}
