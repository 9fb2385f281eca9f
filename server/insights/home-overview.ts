// Home of those with few brands: each brand's last 7 days against the 7 before, and whether its data is current.
import type { TxCtx } from "../core/context";
import { requireRead } from "../core/query";
import type { AccountSync, BrandCard, HomeOverview } from "./contract";
import { inCurrency } from "./in-currency";
import { daySums, knownDays } from "./kpi-store";
import type { MetricId } from "./metrics";
import { type Learnt, readLearnt } from "./outlook";
import { describeScope, readScope, type Scope } from "./scope";
import { type AccountDaySums, sectionsOf } from "./section";
import { brandNames, journeyFacts } from "./status-store";
import { syncOf, togetherOf } from "./sync-status";

const wallRange = "last-7-days";
const wallMetrics = ["spend", "impressions", "sales", "roas"] as const satisfies MetricId[];

const nothingDone = { connections: 0, advertisers: 0, assigned: 0 };

/** @param currency that money is shown in; native where left out */
export async function readHome(tx: TxCtx, currency?: string): Promise<HomeOverview> {
  requireRead(tx, "insights.read", "anyBrand");
  const scope = await readScope(tx, {}, { range: wallRange, inCurrency: currency });
  const answered = await knownDays(tx, scope);
  const all: Everything = {
    scope,
    sums: await daySums(tx, scope),
    learnt: await readLearnt(tx, scope.accounts, answered),
    syncs: await syncOf(tx, scope.accounts),
  };
  const brands = await brandNames(tx);
  return {
    range: scope.range,
    brands: brands.map((brand) => cardOf(brand, all)),
    journey: await journeyOf(tx, all.syncs),
  };
}

/** How far a new agency has come, without the numbers of its brands. */
export async function readJourney(tx: TxCtx): Promise<HomeOverview["journey"]> {
  if (!tx.can("insights.read", "anyBrand")) return journeyOf(tx, []);
  const { accounts } = await readScope(tx, {});
  return journeyOf(tx, await syncOf(tx, accounts));
}

/** The first steps, and what the whole agency has, are for those who may take them. */
async function journeyOf(tx: TxCtx, syncs: readonly AccountSync[]): Promise<HomeOverview["journey"]> {
  const done = tx.can("connections.write") ? await journeyFacts(tx) : nothingDone;
  return { ...done, backfill: togetherOf(syncs).backfill };
}

interface Everything {
  scope: Scope;
  sums: AccountDaySums[];
  learnt: Learnt;
  syncs: AccountSync[];
}

function cardOf(brand: { id: string; name: string }, { scope, sums, learnt, syncs }: Everything): BrandCard {
  const accounts = scope.accounts.filter((account) => account.brandId === brand.id);
  const ids = new Set(accounts.map((account) => account.id));
  const own = {
    ...describeScope(accounts, accounts[0]?.range ?? { ...scope.range }),
    own: scope.own,
    pricing: scope.pricing,
  };
  const ownSums = sums.filter((sum) => ids.has(sum.accountId));
  const shown = inCurrency({ scope: own, sums: ownSums });
  return {
    ...brand,
    ...togetherOf(syncs.filter((sync) => ids.has(sync.id))),
    accounts: accounts.length,
    freshness: own.freshness,
    settled: own.settled,
    sections: sectionsOf(shown.scope, shown.sums, {
      ...shown,
      metrics: wallMetrics,
      learnt,
    }),
  };
}
