// Why a number moved against the days it is compared with: by its factors, and by what it is made of. Both lists close.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { byFactors, byRatio, bySum, type Part, type RatioShare, type Share } from "./explain";
import { explained, type Link } from "./explain-chains";
import { namesOf, type PartRow, partRows, splitOf } from "./explain-store";
import type { Explanation } from "./history-contract";
import {
  addSums,
  isMetricId,
  isMoneyMetric,
  type MetricId,
  type MetricValue,
  metricOf,
  metricValue,
  noSums,
  type Sums,
} from "./metrics";
import { hidesSums } from "./money";
import { type Part as Delivered, readWithin, splitId } from "./part";
import { remembered } from "./remember";
import type { Scope } from "./scope";

const partsShown = 8;
const defaultMetric: MetricId = "sales";

/** One a currency, for the brand, campaign, ad group or creative that is named; nothing where money would be told that is hidden. */
export async function listExplanations(tx: TxCtx, query: ListQuery): Promise<ListResult<Explanation>> {
  requireRead(tx, "insights.read", "anyBrand");
  const metric = metricOfQuery(query);
  const { scope, part } = await readWithin(tx, query);
  if (scope.accounts.length === 0) return { items: [], total: 0 };
  const asked = { name: "explanations", scope, asked: [metric, part] };
  const items = await remembered(tx, asked, () => explainAll(tx, { metric, scope, part }));
  return { items, total: items.length };
}

type About = Pick<Asked, "metric" | "scope" | "part">;

async function explainAll(tx: TxCtx, { metric, scope, part }: About): Promise<Explanation[]> {
  const rows = await partRows(tx, scope, part);
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort();
  const items: Explanation[] = [];
  for (const currency of currencies) {
    const own = rows.filter((row) => row.currency === currency);
    const givers = own.map(({ id }) => splitId(id).accountId);
    const hidden = hidesSums(scope.accounts, currency, givers);
    if (hidden && isMoneyMetric(metric)) continue;
    items.push(await explain(tx, { rows: own, metric, currency, scope, part }));
  }
  return items;
}

function metricOfQuery(query: ListQuery): MetricId {
  const [asked = defaultMetric] = filterValues(query, "metric") ?? [];
  if (isMetricId(asked)) return asked;
  throw new AppError("malformed", "The parameter metric names no metric.", {
    fields: { metric: "use an id of the metric dictionary, such as sales or roas" },
  });
}

interface Asked {
  rows: readonly PartRow[];
  metric: MetricId;
  currency: string;
  scope: Scope;
  part: Delivered;
}

async function explain(tx: TxCtx, { rows, metric, currency, scope, part }: Asked): Promise<Explanation> {
  const before = sumOf(rows, false);
  const after = sumOf(rows, true);
  const shares = partShares(metric, rows);
  const shown = [...shares].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)).slice(0, partsShown);
  const names = await namesOf(
    tx,
    shown.map(({ id }) => id),
    splitOf(part),
  );
  const wire = wireOf(metric);
  const rest = shares.filter((one) => !shown.includes(one)).reduce((sum, { contribution }) => sum + contribution, 0);
  return {
    id: `${part.creativeId ?? part.adGroupId ?? part.campaignId ?? scope.accounts[0]?.brandId ?? "all"}:${currency}:${metric}`,
    metric,
    currency,
    previous: scope.range.previous,
    before: metricValue(metric, before),
    after: metricValue(metric, after),
    factors:
      factorsOf(metric, { before, after })?.map((one) => ({ ...one, contribution: wire(one.contribution) })) ?? null,
    parts: shown.map(({ id, contribution, ...ratio }) => ({
      id,
      name: names.get(id) ?? id,
      contribution: wire(contribution),
      inner: "inner" in ratio ? wire(Number(ratio.inner)) : null,
      mix: "mix" in ratio ? wire(Number(ratio.mix)) : null,
    })),
    otherParts: shares.length - shown.length,
    rest: wire(rest),
  };
}

const sumOf = (rows: readonly PartRow[], current: boolean): Sums =>
  rows.reduce((sum, row) => (row.current === current ? addSums(sum, row.sums) : sum), noSums());

/** Contributions are in the metric's own unit: micros for money. */
const wireOf = (metric: MetricId): ((value: number) => MetricValue) =>
  metricOf(metric).unit === "money" ? (value) => BigInt(Math.round(value)).toString() : (value) => value;

const factorValue = ({ over, under, times = 1 }: Link, sums: Sums): number =>
  (Number(sums[over]) * times) / (under ? Number(sums[under]) : 1);

function factorsOf(metric: MetricId, { before, after }: { before: Sums; after: Sums }) {
  const chain = explained[metric];
  if (!chain) return null;
  const factors = chain.map((link) => ({
    id: link.label,
    before: factorValue(link, before),
    after: factorValue(link, after),
  }));
  const shares = byFactors(factors);
  return (
    shares?.map(({ id, contribution }, index) => ({
      label: id,
      before: factors[index]?.before ?? 0,
      after: factors[index]?.after ?? 0,
      contribution,
    })) ?? null
  );
}

/** What each campaign or ad group added. */
function partShares(metric: MetricId, rows: readonly PartRow[]): (Share | RatioShare)[] {
  const { source } = metricOf(metric);
  const [over, under, times] =
    typeof source === "string" ? [source, null, 1] : [source.over, source.under, source.times ?? 1];
  const parts = new Map<string, Part>();
  for (const { id, current, sums } of rows) {
    const part = parts.get(id) ?? { id, before: { over: 0, under: 0 }, after: { over: 0, under: 0 } };
    const side = current ? part.after : part.before;
    side.over += Number(sums[over]) * times;
    side.under += under ? Number(sums[under]) : 0;
    parts.set(id, part);
  }
  return under ? byRatio([...parts.values()]) : bySum([...parts.values()]);
}
