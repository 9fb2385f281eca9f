import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Select } from "antd";
import { useMemo } from "react";
import type { MetricInfo } from "#server/insights/contract";
import type { Restatement } from "#server/insights/history-contract";
import { useUrlParam } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { type Column, DataTable } from "~/ui/data-table";
import { viewParams } from "~/ui/date-range";
import { deltaOf, formatPercent } from "~/ui/format";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Count, Day } from "~/ui/values";
import { useView } from "~/ui/view";
import { MetricFigure, metricNumber } from "./metric-value";
import { loadRestatements } from "./restatements.server";
import { causeWords } from "./status-words";

export const meta: MetaFunction = () => [{ title: "What moved · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadRestatements(args);
export const shouldRevalidate = keepsLoader("brand", "since", ...viewParams);
export const handle = { range: true };

const dayMs = 24 * 3_600_000;
const spans = [1, 7, 14, 30];

function Since({ since }: { since: string }) {
  const [, setSince] = useUrlParam("since");
  const { now } = useView();
  const days = Math.round((now.getTime() - Date.parse(since)) / dayMs);
  const options = [...new Set([...spans, days])].sort((a, b) => a - b);
  return (
    <Select
      aria-label="Since"
      value={days}
      onChange={(back: number) => setSince(new Date(now.getTime() - back * dayMs).toISOString())}
      options={options.map((back) => ({
        value: back,
        label: back === 1 ? "Since yesterday" : `Since ${back} days ago`,
      }))}
      popupMatchSelectWidth={200}
    />
  );
}

/** By how much a number moved, and what it was. */
function Moved({ metric, row }: { metric: MetricInfo; row: Restatement }) {
  const { locale } = useView();
  const [before, after] = [row.before?.[metric.id], row.after[metric.id]];
  const delta = deltaOf(metricNumber(metric, after), metricNumber(metric, before));
  const change =
    row.before === null
      ? "new"
      : !delta || delta.direction === "same"
        ? "unchanged"
        : delta.ratio === null
          ? "from none"
          : formatPercent(delta.ratio, { locale, decimals: 1, signed: true });
  return (
    <>
      <MetricFigure metric={metric} value={after} currency={row.currency} hidden={row.hidden} />
      <span className="tm-cell-note">{change}</span>
    </>
  );
}

const shownMetrics = ["spend", "impressions", "purchases", "sales", "roas"];

function columnsOf(metrics: MetricInfo[]): Column<Restatement>[] {
  return [
    { key: "day", title: "Day", narrow: true, width: 130, render: (row) => <Day day={row.day} /> },
    { key: "accountName", title: "Account", narrow: true, width: 220, render: (row) => row.accountName },
    ...metrics.map(
      (metric): Column<Restatement> => ({
        key: metric.id,
        title: metric.label,
        numeric: true,
        narrow: metric.id === "sales",
        optional: !shownMetrics.includes(metric.id),
        hint: metric.definition,
        render: (row) => <Moved metric={metric} row={row} />,
      }),
    ),
    { key: "movedAt", title: "Last moved", render: (row) => <Time at={row.movedAt} /> },
    {
      key: "age",
      title: "Days after",
      numeric: true,
      hint: "How many days after the day itself it last moved.",
      render: (row) => <Count value={row.age} />,
    },
    { key: "changes", title: "Times", numeric: true, render: (row) => <Count value={row.changes} /> },
    { key: "cause", title: "Why", width: 220, render: (row) => causeWords[row.cause] },
  ];
}

export default function Restatements() {
  const { seed, permanent, metrics, since } = useLoaderData<typeof loader>();
  const table = useSeededTable<Restatement>("restatements", seed, { permanent });
  const columns = useMemo(() => columnsOf(metrics), [metrics]);
  return (
    <Page
      title="What moved"
      description="Days whose numbers say something else now than they said then: by how much, when, and why."
      width="full"
    >
      <DataTable
        table={table}
        columns={columns}
        what="days"
        filters={<Since since={since} />}
        empty={
          <EmptyState title="Nothing moved">
            No day of those chosen above says something else than it said then. Amazon restates days for up to 42 days.
          </EmptyState>
        }
      />
    </Page>
  );
}
