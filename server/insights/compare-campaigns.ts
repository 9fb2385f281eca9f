// Two to six campaigns side by side over the same days, and which of their rates differ by more than chance.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import { selectCampaigns } from "./campaign-store";
import { type CampaignComparison, type ComparedCampaign, type ComparedPair, fewest, most } from "./compare-contract";
import type { Campaign } from "./contract";
import { addDays } from "./date-range";
import { type AnsweredDays, knownDays } from "./kpi-store";
import { levelDays } from "./level-store";
import { showAll } from "./list-campaigns";
import { moneyColumns } from "./metric";
import { isMetricId, isMoneyMetric, type MetricId, metricOf, metricValue, noSums, type Sums } from "./metrics";
import { hidesMoney } from "./money";
import { splitId } from "./part";
import { readScope, type Scope } from "./scope";
import { compareRatios, criticalT, type DayRatio, type Difference } from "./significance";
import { onlyOne, viewOf } from "./view";

const confidence = 0.05;
/** Fewer clicks, views or purchases than this are chance. */
const fewestEvents = 30;
/** Of amounts: days on which there was one. */
const fewestDaysWith = 10;

/** One item, for the campaigns that the filter `id` names; nothing where it names none. */
export async function listComparisons(tx: TxCtx, query: ListQuery): Promise<ListResult<CampaignComparison>> {
  requireRead(tx, "insights.read", "anyBrand");
  const ids = [...new Set(filterValues(query, "id") ?? [])];
  if (ids.length === 0) return { items: [], total: 0 };
  if (ids.length < fewest || ids.length > most) throw wrongNumber(ids.length);
  const scope = await readScope(tx, { accountIds: ids.map((id) => splitId(id).accountId) }, viewOf(query));
  const filters = [{ field: "id", operator: "eq" as const, values: ids }];
  const { items } = await selectCampaigns(tx, { ...wholeList(most), filters }, scope);
  const shown = showAll(scope, items).sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  const metric = metricOfQuery(query) ?? (hidesMoney(scope.accounts) ? "ctr" : "roas");
  const days = await daysOf(tx, { scope, ids: shown.map(({ id }) => id), metric });
  const campaigns = shown.map((campaign) => compared(campaign, metric, days.get(campaign.id) ?? []));
  const pairs = typeof metricOf(metric).source === "string" ? null : pairsOf(shown, metric, days);
  return { items: [{ id: metric, metric, range: scope.range, campaigns, pairs }], total: 1 };
}

const wrongNumber = (count: number) =>
  new AppError("malformed", `${count === 1 ? "One campaign" : `${count} campaigns`} cannot be compared.`, {
    fields: { id: `name ${fewest} to ${most} campaigns, each as id=<account>:<campaign>` },
  });

function metricOfQuery(query: ListQuery): MetricId | null {
  const asked = onlyOne(query, "metric");
  if (asked === undefined) return null;
  if (isMetricId(asked)) return asked;
  throw new AppError("malformed", "The parameter metric names no metric.", {
    fields: { metric: "use an id of the metric dictionary, such as ctr or roas" },
  });
}

interface KnownDay {
  day: string;
  /** Null where Amazon has not been asked for it yet, or its money has no rate. */
  sums: Sums | null;
  /** Over in the account's zone. */
  whole: boolean;
}

interface Asked {
  scope: Scope;
  ids: readonly string[];
  metric: MetricId;
}

async function daysOf(tx: TxCtx, { scope, ids, metric }: Asked): Promise<Map<string, KnownDay[]>> {
  const asked = { scope, part: {}, level: "campaigns" as const, currency: null };
  const found = await levelDays(tx, asked, { keys: ids, metric });
  const byDay = new Map(found.map((one) => [`${one.accountId}:${one.entity}:${one.day}`, one]));
  const answered: AnsweredDays = await knownDays(tx, scope);
  const byId = new Map(scope.accounts.map((account) => [account.id, account]));
  const days = Array.from({ length: scope.range.days }, (_, index) => addDays(scope.range.from, index));
  return new Map(
    ids.map((id) => {
      const { accountId } = splitId(id);
      const known = answered.get(accountId);
      const { today, range } = byId.get(accountId) ?? { today: "", range: scope.range };
      // Each account's days are those of its own zone.
      const isWithin = (day: string) => range.from <= day && day <= range.to;
      const own = days.map((day): KnownDay => {
        const one = byDay.get(`${id}:${day}`);
        const isTold = known?.has(day) && isWithin(day) && !(one?.unpriced && isMoneyMetric(metric));
        return { day, sums: isTold ? (one?.sums ?? noSums()) : null, whole: day < today };
      });
      return [id, own];
    }),
  );
}

function compared(campaign: Campaign, metric: MetricId, days: readonly KnownDay[]): ComparedCampaign {
  const { id, name, accountName, brandName, timeZone, values, settled, freshness, hidden, conversion } = campaign;
  const untold = hidden.length > 0 && isMoneyMetric(metric);
  const series = days.map(({ day, sums }) => ({ day, value: untold || !sums ? null : metricValue(metric, sums) }));
  return {
    ...{ id, name, accountName, brandName, timeZone, values, settled, freshness, hidden, days: series },
    currency: campaign.valuesCurrency,
    ...(conversion ? { conversion } : {}),
  };
}

interface Pair {
  a: Campaign;
  b: Campaign;
  days: number;
  verdict: "little" | "currencies" | null;
  found: Difference | null;
}

function pairsOf(
  campaigns: readonly Campaign[],
  metric: MetricId,
  days: ReadonlyMap<string, KnownDay[]>,
): ComparedPair[] {
  const untold = isMoneyMetric(metric) && campaigns.some(({ hidden }) => hidden.length > 0);
  if (untold) return [];
  const pairs = campaigns.flatMap((a, index) =>
    campaigns.slice(index + 1).map((b) => pairOf({ a, b, metric }, days.get(a.id) ?? [], days.get(b.id) ?? [])),
  );
  const tested = pairs.flatMap(({ found }) => (found ? [found] : []));
  return pairs.map((pair) => {
    const { a, b, days: shared, verdict, found } = pair;
    const nothing = { difference: null, low: null, high: null, p: null };
    if (!found) return { a: a.id, b: b.id, days: shared, verdict: verdict ?? "little", ...nothing };
    // By Bonferroni, as the interval is: the two never contradict each other.
    const p = Math.min(1, found.p * tested.length);
    const reach = found.error * criticalT(confidence / tested.length, found.freedom);
    const { difference } = found;
    const wide = { difference, low: difference - reach, high: difference + reach };
    return { a: a.id, b: b.id, days: shared, verdict: p < confidence ? "differs" : "open", ...wide, p };
  });
}

function pairOf(
  { a, b, metric }: { a: Campaign; b: Campaign; metric: MetricId },
  first: readonly KnownDay[],
  second: readonly KnownDay[],
): Pair {
  const shared = first.flatMap((one, index): [DayRatio, DayRatio][] => {
    const other = second[index];
    if (!one.sums || !other?.sums || !one.whole || !other.whole) return [];
    return [[ratioOf(metric, one.sums), ratioOf(metric, other.sums)]];
  });
  const plain = { a, b, days: shared.length, found: null };
  if (metricOf(metric).unit === "money" && a.valuesCurrency !== b.valuesCurrency)
    return { ...plain, verdict: "currencies" };
  const isEnough = [0, 1].every((side) =>
    hasEnough(
      metric,
      shared.map((pair) => pair[side as 0 | 1]),
    ),
  );
  const found = isEnough ? compareRatios(shared) : null;
  return { ...plain, found, verdict: found ? null : "little" };
}

function ratioOf(metric: MetricId, sums: Sums): DayRatio {
  const { source } = metricOf(metric);
  if (typeof source === "string") return { over: Number(sums[source]), under: 1 };
  return { over: Number(sums[source.over]) * (source.times ?? 1), under: Number(sums[source.under]) };
}

/** Whether what is counted above the line, and for costs below it, was seen often enough. */
function hasEnough(metric: MetricId, days: readonly DayRatio[]): boolean {
  const { source } = metricOf(metric);
  if (typeof source === "string") return false;
  return (["over", "under"] as const).every((side) => {
    const isMoney = moneyColumns.includes(source[side]);
    if (isMoney) return days.filter((day) => day[side] > 0).length >= fewestDaysWith;
    const times = side === "over" ? (source.times ?? 1) : 1;
    return days.reduce((sum, day) => sum + day[side] / times, 0) >= fewestEvents;
  });
}
