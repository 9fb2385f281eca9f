import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { useMemo } from "react";
import type { MetricInfo } from "#server/insights/contract";
import { type FactRow, type FactTotal, mostFactsCounted } from "#server/insights/level-contract";
import { isOwnMetric } from "#server/insights/metric-contract";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { type Column, DataTable } from "~/ui/data-table";
import { viewParams } from "~/ui/date-range";
import { useRangeWords } from "~/ui/date-range-picker";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Count, Day } from "~/ui/values";
import { FreshnessLine } from "./freshness-line";
import { maturityOf } from "./kpi-section";
import { MetricFigure } from "./metric-value";
import { loadRows } from "./rows.server";
import { keptSearch } from "./rows-path";

export const meta: MetaFunction = () => [{ title: "Rows behind a number · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadRows(args);
export const shouldRevalidate = keepsLoader(
  "brand",
  "account",
  "campaign",
  "adgroup",
  "creative",
  "native",
  "metric",
  ...viewParams,
);
export const handle = { range: true };

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Rows() {
  const { seed, permanent, totals, metric: id, parts, metrics, freshness, settled } = useLoaderData<typeof loader>();
  const restart = permanent.map(({ value }) => value).join();
  const metric = metrics.find((one) => one.id === id);
  const words = useRangeWords();
  const { range } = useLoaderData<typeof loader>();
  useNews(["fact-rows"], useReread());
  if (!metric) return null;
  return (
    <Page
      title={`Rows behind ${metric.label}`}
      description={`${subjectOf(seed.items, permanent)}, ${words(range)}: ${metric.formula}.`}
      state={<FreshnessLine freshness={freshness} settled={settled} />}
      width="full"
    >
      <Closing {...{ totals, metric, parts, metrics }} />
      <RowTable key={restart} />
    </Page>
  );
}

/** What the rows are of, by its narrowest name. */
function subjectOf(rows: readonly FactRow[], permanent: Loaded["permanent"]): string {
  const [row] = rows;
  const parts = [
    { field: "creativeId", name: row?.creativeName, unnamed: "This creative" },
    { field: "adGroupId", name: row?.adGroupName, unnamed: "This ad group" },
    { field: "campaignId", name: row?.campaignName, unnamed: "This campaign" },
    { field: "accountId", name: row?.accountName, unnamed: "This account" },
    { field: "brandId", name: row?.brandName, unnamed: "This brand" },
  ].filter(({ field }) => permanent.some((one) => one.field === field));
  const names = parts.flatMap(({ name }) => name || []);
  return names.length > 0 ? names.join(", in ") : (parts[0]?.unnamed ?? "All brands you may see");
}

interface ClosingProps {
  totals: FactTotal[];
  metric: MetricInfo;
  parts: string[];
  metrics: MetricInfo[];
}

/** How the rows close to the number: one line a currency. */
function Closing({ totals, metric, parts, metrics }: ClosingProps) {
  return (
    <section className="tm-closing" aria-label="What the rows add up to">
      {totals.map(({ currency, rows, values, hidden }) => {
        const figure = (one: MetricInfo) => (
          <MetricFigure metric={one} value={values[one.id]} currency={currency} hidden={hidden} show="code" />
        );
        const sums = metrics.filter(({ id }) => parts.includes(id) && id !== metric.id);
        return (
          <p key={currency}>
            <strong>
              {metric.label} {figure(metric)}
            </strong>{" "}
            from <Count value={rows} /> {rows === 1 ? "row" : "rows"}
            {totals.length > 1 ? ` in ${currency}` : ""}
            {sums.map((one, index) => (
              <span key={one.id}>
                {index === 0 ? ": " : ", "}
                {one.label} {figure(one)}
              </span>
            ))}
            .
          </p>
        );
      })}
    </section>
  );
}

function RowTable() {
  const { seed, permanent, metric, parts, metrics, totals } = useLoaderData<typeof loader>();
  const table = useSeededTable<FactRow>("fact-rows", seed, { permanent });
  const { search } = useLocation();
  const columns = useMemo(
    () => columnsOf({ metrics, first: [...new Set([metric, ...parts])], search, totals }),
    [metrics, metric, parts, search, totals],
  );
  return (
    <DataTable
      table={table}
      columns={columns}
      what="rows"
      takesFiles={false}
      labelOf={(row) => `${row.day}, ${row.creativeName}`}
      mostCounted={mostFactsCounted}
      empty={
        <EmptyState title="No rows">
          Nothing was delivered in these days, or Amazon has not been asked for them yet.
        </EmptyState>
      }
    />
  );
}

interface RowColumns {
  metrics: MetricInfo[];
  /** The metric that is looked into, and its parts. */
  first: string[];
  search: string;
  totals: FactTotal[];
}

function columnsOf({ metrics, first, search, totals }: RowColumns): Column<FactRow>[] {
  const kept = keptSearch(search);
  const [only, more] = totals;
  const currency = more === undefined ? only?.currency : undefined;
  const ordered = [
    ...first.flatMap((id) => metrics.find((one) => one.id === id) ?? []),
    ...metrics.filter(({ id }) => !first.includes(id)),
  ];
  return [
    {
      key: "day",
      title: "Day",
      sort: true,
      width: 120,
      total: "Sum of all rows",
      render: (row) => <Day day={row.day} />,
    },
    {
      key: "campaignName",
      title: "Campaign",
      width: 240,
      render: (row) => <Link to={`/campaigns/${row.campaignId}${kept}`}>{row.campaignName}</Link>,
    },
    {
      key: "adGroupName",
      title: "Ad group",
      width: 220,
      render: (row) => <Link to={`/ad-groups/${row.adGroupId}${kept}`}>{row.adGroupName}</Link>,
    },
    {
      key: "creativeName",
      title: "Creative",
      width: 220,
      narrow: true,
      render: (row) => <Link to={`/creatives/${row.creativeId}${kept}`}>{row.creativeName}</Link>,
    },
    ...ordered.map((metric) => metricColumn(metric, { currency, totals, first })),
    { key: "report", title: "Report", width: 160, render: (row) => row.report },
    {
      key: "knownAt",
      title: "Known since",
      sort: true,
      hint: "When Amazon first said what the row says.",
      render: (row) => <Time at={row.knownAt} />,
    },
    {
      key: "revisions",
      title: "Restated",
      unit: "times",
      numeric: true,
      hint: "How often Amazon had changed the row by then; each value that was replaced is kept.",
      render: (row) => <Count value={row.revisions} />,
    },
    { key: "accountName", title: "Account", optional: true, width: 200, render: (row) => row.accountName },
    { key: "brandName", title: "Brand", optional: true, width: 160, render: (row) => row.brandName },
  ];
}

function metricColumn(
  metric: MetricInfo,
  { currency, totals, first }: Pick<RowColumns, "totals" | "first"> & { currency: string | undefined },
): Column<FactRow> {
  const show = currency ? "none" : "code";
  return {
    key: metric.id,
    title: metric.label,
    ...(metric.unit === "money" && currency ? { unit: currency } : {}),
    hint: metric.definition,
    numeric: true,
    // The database orders by what the dictionary has.
    sort: !isOwnMetric(metric.id) && totals.every(({ hidden }) => !metric.money || hidden.length === 0),
    optional: !first.includes(metric.id),
    narrow: metric.id === first[0],
    total: totals.map(({ id, currency: own, values, hidden }) => (
      <div key={id}>
        <MetricFigure metric={metric} value={values[metric.id]} currency={own} hidden={hidden} show={show} />
      </div>
    )),
    maturity: (row) => maturityOf(metric, row.settled, row.freshness),
    render: (row) => (
      <MetricFigure
        metric={metric}
        value={row.values[metric.id]}
        currency={row.currency}
        hidden={row.hidden}
        show={show}
      />
    ),
  };
}
