// The brands wall: each brand's last 7 days against the 7 before, and whether its data is current.
import type { TxCtx } from "../core/context";
import { requireRead } from "../core/query";
import type { AccountSync, BrandCard, HomeOverview } from "./contract";
import { type DaySums, daySums, knownDays, knownTogether } from "./kpi-store";
import type { MetricId } from "./metrics";
import { describeScope, readScope, type Scope } from "./scope";
import { sectionsOf } from "./section";
import { brandNames, journeyFacts } from "./status-store";
import { syncOf, togetherOf } from "./sync-status";

const wallRange = "last-7-days";
const wallMetrics = ["spend", "impressions", "sales", "roas"] as const satisfies MetricId[];

const nothingDone = { connections: 0, advertisers: 0, assigned: 0 };

export async function readHome(tx: TxCtx): Promise<HomeOverview> {
  requireRead(tx, "insights.read", "anyBrand");
  const scope = await readScope(tx, {}, wallRange);
  const all: Everything = {
    scope,
    sums: await daySums(tx, scope.accounts),
    known: await knownDays(tx, scope.accounts),
    syncs: await syncOf(tx, scope.accounts),
  };
  const brands = await brandNames(tx);
  // The first steps, and what the whole agency has, are for those who may take them.
  const journey = tx.can("connections.write") ? await journeyFacts(tx) : nothingDone;
  return {
    range: scope.range,
    brands: brands.map((brand) => cardOf(brand, all)),
    unassigned: journey.advertisers - journey.assigned,
    journey: { ...journey, backfill: togetherOf(all.syncs).backfill },
  };
}

interface Everything {
  scope: Scope;
  sums: (DaySums & { accountId: string })[];
  known: Map<string, Set<string>>;
  syncs: AccountSync[];
}

function cardOf(brand: { id: string; name: string }, { scope, sums, known, syncs }: Everything): BrandCard {
  const accounts = scope.accounts.filter((account) => account.brandId === brand.id);
  const ids = new Set(accounts.map((account) => account.id));
  const own = describeScope(accounts, accounts[0]?.range ?? { ...scope.range });
  const ownSums = sums.filter((sum) => ids.has(sum.accountId));
  return {
    ...brand,
    ...togetherOf(syncs.filter((sync) => ids.has(sync.id))),
    accounts: accounts.length,
    freshness: own.freshness,
    settled: own.settled,
    sections: sectionsOf(own, ownSums, { metrics: wallMetrics, known: knownTogether(accounts, known) }),
  };
}
