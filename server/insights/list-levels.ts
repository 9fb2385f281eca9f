// What a scope is made of at one level: brands, campaigns, ad groups or creatives, with the days they are compared with.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import type { CustomMetric } from "./custom-metrics";
import { addDays, daysBetween } from "./date-range";
import { groupedBy } from "./grouped";
import { type AnsweredDays, knownDays, knownTogether } from "./kpi-store";
import type { Level, LevelRow } from "./level-contract";
import {
  type LevelAsked,
  type LevelDay,
  type LevelSums,
  levelDays,
  type NamedSums,
  previousSums,
  selectLevel,
} from "./level-store";
import { isMetricId, isMoneyMetric, type MetricId, metricValue, noSums } from "./metrics";
import { hidesMoney, refuseMoneyOrder, shownTo } from "./money";
import { readWithin } from "./part";
import { remembered } from "./remember";
import type { DayRange } from "./report-types";
import { isUnpriced, rowValues } from "./row-values";
import { describeScope, type ScopedAccount } from "./scope";
import { onlyOne } from "./view";

/** Rows of more than a page are for a file, which has no trend. */
const longestPage = 200;

/** The largest first: by spend, or by impressions where money is hidden. The level is `brands` where none is named. */
export async function listLevels(tx: TxCtx, query: ListQuery): Promise<ListResult<LevelRow>> {
  requireRead(tx, "insights.read", "anyBrand");
  const within = await readWithin(tx, query);
  const { accounts } = within.scope;
  refuseMoneyOrder(query, accounts);
  const first: MetricId = hidesMoney(accounts) ? "impressions" : "spend";
  const metric = metricOfQuery(query) ?? first;
  const level = (onlyOne(query, "level") as Level | undefined) ?? "brands";
  const [currency = null] = filterValues(query, "currency") ?? [];
  const asked: LevelAsked = { ...within, level, currency };
  const read = () => readLevel(tx, asked, { query, metric, first });
  if (query.limit > longestPage) return read();
  return remembered(tx, { name: "levels", scope: within.scope, asked: [query, within.part] }, read);
}

interface HowAsked {
  query: ListQuery;
  /** What the days of each row are of. */
  metric: MetricId;
  first: MetricId;
}

async function readLevel(
  tx: TxCtx,
  asked: LevelAsked,
  { query, metric, first }: HowAsked,
): Promise<ListResult<LevelRow>> {
  const { level } = asked;
  const { accounts } = asked.scope;
  const { items, total } = await selectLevel(tx, asked, { ...query, first });
  const keys = [...new Set(items.map(keyOf))];
  const previous = new Map((await previousSums(tx, asked, keys)).map((one) => [rowId(one), one]));
  const isPage = query.limit <= longestPage;
  const days = groupedBy(isPage ? await levelDays(tx, asked, { keys, metric }) : [], rowId);
  const answered = await knownDays(tx, asked.scope);
  const reach = reachOf(accounts, level, answered);
  return {
    items: items.map((item) => {
      const id = rowId(item);
      const row = { level, metric, own: asked.scope.own, reach: reach(item), previous: previous.get(id) };
      return show(item, { ...row, days: isPage ? (days.get(id) ?? []) : null });
    }),
    total,
  };
}

function metricOfQuery(query: ListQuery): MetricId | null {
  const asked = onlyOne(query, "metric");
  if (asked === undefined) return null;
  if (isMetricId(asked)) return asked;
  throw new AppError("malformed", "The parameter metric names no metric.", {
    fields: { metric: "use an id of the metric dictionary, such as sales or roas" },
  });
}

type Keyed = Pick<NamedSums, "accountId" | "entity" | "currency">;
const keyOf = ({ accountId, entity }: Omit<Keyed, "currency">) =>
  accountId === null ? entity : `${accountId}:${entity}`;
const rowId = (one: Keyed) => `${keyOf(one)}:${one.currency}`;

/** The accounts an entity's numbers come from, and what is known of them: worked out once for each of them. */
interface Reach extends ReturnType<typeof describeScope> {
  hidden: boolean;
  known: ReturnType<typeof knownTogether>;
}

function reachOf(accounts: readonly ScopedAccount[], level: Level, answered: AnsweredDays) {
  const ownerOf = (account: ScopedAccount) => (level === "brands" ? (account.brandId ?? "") : account.id);
  const groups = [...groupedBy(accounts, ownerOf)].flatMap(([owner, own]): [string, Reach][] => {
    const [account] = own;
    if (!account) return [];
    return [
      [owner, { ...describeScope(own, account.range), hidden: hidesMoney(own), known: knownTogether(own, answered) }],
    ];
  });
  const byOwner = new Map(groups);
  return ({ accountId, entity }: Keyed): Reach | undefined => byOwner.get(accountId ?? entity);
}

interface Around {
  level: Level;
  metric: MetricId;
  own: readonly CustomMetric[];
  reach: Reach | undefined;
  previous: LevelSums | undefined;
  /** Null: not read. */
  days: readonly LevelDay[] | null;
}

const words: Record<Level, string> = {
  brands: "Without a brand",
  campaigns: "Campaign",
  adGroups: "Ad group",
  creatives: "Creative",
};

function show(item: NamedSums, around: Around): LevelRow {
  const { level, own, reach } = around;
  if (!reach) throw new Error("A row of no account of the scope");
  const valuesIn = (of: Pick<LevelSums, "sums" | "conversion">) =>
    rowValues(of.sums, { own, hidden: reach.hidden, unpriced: isUnpriced(of) });
  const { name, detail, state, deliveryStatus, currency, entity, conversion } = item;
  const compared = eachDay(reach.range.previous).every((day) => reach.known.all.has(day));
  const shown = {
    id: rowId(item),
    level,
    entityId: keyOf(item),
    name: name ?? (level === "brands" ? words.brands : `${words[level]} ${entity}`),
    detail,
    state,
    deliveryStatus,
    currency,
    values: valuesIn(item),
    ...(conversion ? { conversion } : {}),
    trend: trendOf(around, reach),
    settled: reach.settled,
    freshness: reach.freshness,
  };
  const previous = compared ? valuesIn(around.previous ?? { sums: noSums(), conversion: null }) : null;
  return {
    ...shownTo(shown, reach.hidden),
    previous: previous && shownTo({ values: previous }, reach.hidden).values,
  } as LevelRow;
}

function trendOf({ metric, days }: Around, { range, known, hidden }: Reach): LevelRow["trend"] {
  if (days === null) return [];
  const byDay = new Map(days.map((one) => [one.day, one]));
  const isMoney = isMoneyMetric(metric);
  return eachDay(range).map((day) => {
    const own = byDay.get(day);
    const untold = isMoney && (hidden || own?.unpriced);
    return { day, value: untold || !known.some.has(day) ? null : metricValue(metric, own?.sums ?? noSums()) };
  });
}

const eachDay = ({ from, to }: DayRange): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
