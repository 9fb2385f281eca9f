// A brand's or a campaign's numbers split by supply, audience, product, place or device, with what the split leaves out.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { giversOf, type TypeReach, typeReach, type ValueSums, valueSums } from "./breakdown-store";
import { answeredBy } from "./custom-metrics";
import { daysBetween } from "./date-range";
import { monthsOf } from "./due-reports";
import { inCurrency } from "./in-currency";
import { daySums } from "./kpi-store";
import { addSums, isMoneyMetric, type MetricId, metricOf, noSums, type Sums } from "./metrics";
import { hidesMoney, hidesSums, shownTo } from "./money";
import type { Conversion } from "./rate-contract";
import type { Breakdown, BreakdownRow, BreakdownTab } from "./report-contract";
import { breakdownTypes, type Dimension, type ReportType, reportTypes, rollupSource } from "./report-types";
import { rowValues } from "./row-values";
import { describeScope, readScope, type Scope, type ScopedAccount } from "./scope";
import { viewOf } from "./view";

const shownRows = 200;

interface Split {
  type: ReportType;
  dimension: Dimension;
  campaignId: string | undefined;
}

const splittable = [...breakdownTypes, reportTypes[rollupSource]].filter(({ dimensions }) => dimensions.length > 0);

export const breakdownTabs = (): BreakdownTab[] =>
  splittable.map(({ id, label, ofCampaigns, dimensions }) => ({
    type: id,
    label: id === rollupSource ? (dimensions[0]?.label ?? label) : label,
    ofCampaigns,
    dimensions: dimensions.map((one) => ({ id: one.id, label: one.label })),
  }));

export const dimensionIds = splittable.flatMap(({ dimensions }) => dimensions.map(({ id }) => id));

/** One item a currency: the filter names a dimension (the first one, unless said otherwise), and a brand, an account or a campaign (`<account>:<campaign>`). */
export async function listBreakdowns(tx: TxCtx, query: ListQuery): Promise<ListResult<Breakdown>> {
  const { items } = await readBreakdowns(tx, query, shownRows);
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}

/** @param most how many rows of a currency are told apart; null: all of them */
export async function readBreakdowns(
  tx: TxCtx,
  asked: ListQuery,
  most: number | null,
): Promise<{ items: Breakdown[]; accounts: ScopedAccount[] }> {
  requireRead(tx, "insights.read", "anyBrand");
  const query = convertible(asked);
  const [campaign] = filterValues(query, "campaignId") ?? [];
  const split = splitOf(filterValues(query, "dimension")?.[0], campaign);
  const accountIds = campaign ? [campaign.split(":")[0] ?? ""] : (filterValues(query, "accountId") ?? undefined);
  const filter = { brandIds: filterValues(query, "brandId") ?? undefined, accountIds };
  const scope = await readScope(tx, filter, viewOf(query));
  return { items: await breakdownsOf(tx, scope, { ...split, most: most ?? everyRow }), accounts: scope.accounts };
}

const everyRow = 1_000_000_000;

/** Without a currency to see money in, where the report has no days that rates could be of. */
export function convertible(query: ListQuery): ListQuery {
  const { type } = splitOf(filterValues(query, "dimension")?.[0]);
  if (type.period === "day") return query;
  return { ...query, filters: query.filters.filter(({ field }) => field !== "inCurrency") };
}

function splitOf(dimensionId = dimensionIds[0], campaign?: string): Split {
  const known = splittable.find(({ dimensions }) => dimensions.some(({ id }) => id === dimensionId));
  const dimension = known?.dimensions.find(({ id }) => id === dimensionId);
  if (!known || !dimension) {
    const fields = { dimension: `use one of ${dimensionIds.join(", ")}` };
    throw new AppError("malformed", "The filter dimension does not say what to split by.", { fields });
  }
  if (campaign !== undefined && !known.ofCampaigns) {
    const fields = { campaignId: `leave it out: Amazon reports ${known.label.toLowerCase()} of the advertiser only` };
    throw new AppError("malformed", "This report names no campaigns.", { fields });
  }
  return { type: known, dimension, campaignId: campaign?.split(":")[1] };
}

async function breakdownsOf(tx: TxCtx, given: Scope, split: Split & { most: number }): Promise<Breakdown[]> {
  const { type, dimension, campaignId, most } = split;
  const looked = { ...given, accounts: given.accounts.map((account) => withWholeMonths(account, type)) };
  const hidden = hidesMoney(looked.accounts);
  const by = orderMetric(type, hidden);
  const sums = await valueSums(tx, looked, { type: type.id, dimension, campaignId, by, limit: most });
  const reported = inCurrency({ scope: looked, sums: await daySums(tx, looked, { campaignId }) });
  const campaigns = reported.sums.filter(({ current }) => current);
  const { accounts } = reported.scope;
  // Only where some money is secret and some is not, does it matter whose it is.
  const mixed = hidden && accounts.some(({ moneyHidden }) => !moneyHidden);
  const givers = mixed ? await giversOf(tx, looked, type.id) : [];
  const reach = new Map((await typeReach(tx, looked, type.id)).map((one) => [one.accountId, one]));
  const currencies = [...new Set([...sums, ...accounts].map(({ currency }) => currency))];
  const items = currencies.map((currency) => {
    const own = accounts.filter((account) => account.currency === currency);
    const whole = noSums();
    for (const one of campaigns) if (one.currency === currency) addSums(whole, one.sums);
    return breakdownOf({
      split,
      most,
      by,
      currency,
      hidden: hidesSums(
        accounts,
        currency,
        givers.filter((one) => one.currency === currency).map(({ accountId }) => accountId),
      ),
      scope: freshScope(given, own, reach),
      reach: own.flatMap(({ id }) => reach.get(id) ?? []),
      sums: sums.filter((one) => one.currency === currency),
      whole,
      conversion: reported.conversion,
    });
  });
  return items.sort((a, b) => b.rows.length - a.rows.length || a.currency.localeCompare(b.currency));
}

/** What the rows are ordered by: the first that the report can answer and the reader may see. */
function orderMetric({ metrics }: ReportType, hidden: boolean): MetricId {
  const wanted: MetricId[] = ["spend", "sales", "impressions", "purchases"];
  const found = wanted.find((id) => metrics.includes(id) && !(hidden && metricOf(id).unit === "money"));
  return found ?? "impressions";
}

function withWholeMonths(account: ScopedAccount, { period }: ReportType): ScopedAccount {
  if (period === "day") return account;
  const months = monthsOf(account.range, account.today);
  const [newest, oldest] = [months[0], months.at(-1)];
  if (!newest || !oldest) return account;
  return { ...account, range: { ...account.range, from: oldest.from, to: newest.to } };
}

/** The scope with the age of this report's numbers in place of the campaign's. */
function freshScope(given: Scope, accounts: ScopedAccount[], reach: ReadonlyMap<string, TypeReach>): Scope {
  const own = accounts.map((account) => {
    const { syncedAt = null, lastDay = null } = reach.get(account.id) ?? {};
    return { ...account, syncedAt, lastDay };
  });
  return { ...given, ...describeScope(own, own[0]?.range ?? { ...given.range }) };
}

interface Parts {
  split: Split;
  most: number;
  by: MetricId;
  currency: string;
  hidden: boolean;
  scope: Scope;
  reach: TypeReach[];
  sums: ValueSums[];
  /** What the campaign report says of the same days. */
  whole: Sums;
  conversion: Conversion | undefined;
}

function breakdownOf(parts: Parts): Breakdown {
  const { split, most, by, currency, hidden, scope, reach, sums, whole, conversion } = parts;
  const { type, dimension } = split;
  const total = sums.reduce((all, one) => addSums(all, one.sums), noSums());
  const unpriced = sums.some((one) => one.unpriced);
  // A share of what is not known whole is none.
  const isPartial = isMoneyMetric(by) && unpriced;
  const isUncovered = isPartial || (isMoneyMetric(by) && Boolean(conversion?.missing));
  const share = (one: Sums) => (isPartial ? null : ratioOf(by, one, total));
  const own = answeredBy(scope.own, type.metrics);
  const rest = sums.length > most ? sums.at(-1) : undefined;
  const rows = sums.filter((one) => one !== rest);
  if (dimension.ofDays) rows.sort((a, b) => String(a.key).localeCompare(String(b.key)));
  const values = (one: Pick<ValueSums, "sums" | "unpriced">) =>
    shownTo({ values: rowValues(one.sums, { own, hidden, metrics: type.metrics, unpriced: one.unpriced }) }, hidden);
  const { accounts, range, freshness, settled } = scope;
  return {
    id: `${dimension.id}:${currency}`,
    dimension: dimension.id,
    label: dimension.label,
    type: type.id,
    period: type.period,
    currency,
    metrics: [...type.metrics, ...own.map(({ info }) => info.id)],
    by,
    range,
    days: { from: range.from, to: range.to },
    known: { days: reach.reduce((days, one) => days + one.knownDays, 0), of: accounts.reduce(daysWanted, 0) },
    freshness,
    settled,
    rows: rows.map((row): BreakdownRow => ({ ...namesOf(row, dimension), share: share(row.sums), ...values(row) })),
    rest: rest ? { rows: rest.members, share: share(rest.sums), values: values(rest).values } : null,
    total: values({ sums: total, unpriced }).values,
    covered: isUncovered ? null : ratioOf(by, total, whole),
    ...(conversion ? { conversion } : {}),
    refused: reach.find(({ refused }) => refused)?.refused ?? null,
    hidden: hidden ? ["money"] : [],
  };
}

/** A day that is to come is not missing. */
const daysWanted = (sum: number, { range, today }: ScopedAccount): number =>
  sum + Math.max(0, daysBetween(range.from, range.to < today ? range.to : today) + 1);

function namesOf({ key, name }: ValueSums, { ofDays }: Dimension) {
  const last = key.at(-1) ?? "";
  return {
    id: JSON.stringify(key),
    label: name ?? last,
    where: key.slice(0, -1).filter((part) => part !== ""),
    code: name === null || ofDays ? null : last,
  };
}

function ratioOf(by: MetricId, part: Sums, whole: Sums): number | null {
  const { source } = metricOf(by);
  const column = typeof source === "string" ? source : source.over;
  return whole[column] === 0n ? null : Number(part[column]) / Number(whole[column]);
}
