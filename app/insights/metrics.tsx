import { useDelete } from "@refinedev/core";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { useMemo, useState } from "react";
import type { MetricInfo } from "#server/insights/contract";
import type { CustomMetricItem } from "#server/insights/custom-metric-contract";
import { canEverywhere } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { keepsLoader, useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { useConfirm } from "~/ui/confirm";
import { type Column, DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { useSeededTable } from "~/ui/use-list";
import { MetricDrawer } from "./metric-drawer";
import { loadMetrics } from "./metrics.server";

export const meta: MetaFunction = () => [{ title: "Metrics · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadMetrics(args);
export const shouldRevalidate = keepsLoader();

const unitWords: Record<MetricInfo["unit"], string> = {
  count: "Count",
  money: "Money",
  percent: "Percent",
  multiple: "Multiple",
};
const betterWords = { more: "More is better", less: "Less is better" };

interface Acts {
  own: readonly CustomMetricItem[];
  onEdit(id: string): void;
  onRemove(metric: CustomMetricItem): void;
}

const columnsOf = (acts: Acts | null): Column<MetricInfo>[] => [
  { key: "label", title: "Metric", narrow: true, width: 200, render: ({ label }) => label },
  { key: "unit", title: "Unit", narrow: true, width: 90, render: ({ unit }) => unitWords[unit] },
  { key: "formula", title: "Formula", width: 300, render: ({ formula }) => <code>{formula}</code> },
  { key: "definition", title: "What it means", width: 360, render: ({ definition }) => definition },
  {
    key: "amazon",
    title: "Amazon's columns",
    hint: "As Amazon's reports name them.",
    width: 200,
    render: ({ amazon }) => <code>{amazon}</code>,
  },
  {
    key: "settleDays",
    title: "Final after",
    unit: "days",
    numeric: true,
    hint: "Until then Amazon may restate it.",
    render: ({ settleDays }) => settleDays,
  },
  { key: "better", title: "Direction", render: ({ better }) => (better ? betterWords[better] : "Depends") },
  { key: "reports", title: "Reports", optional: true, width: 280, render: ({ reports }) => reports.join(", ") },
  { key: "id", title: "Name in formulas", optional: true, render: ({ id }) => <code>{id}</code> },
  ...(acts
    ? [{ key: "acts", title: "", width: 150, render: ({ id }: MetricInfo) => <OwnActs id={id} {...acts} /> }]
    : []),
];

function OwnActs({ id, own, onEdit, onRemove }: Acts & { id: string }) {
  const metric = own.find(({ info }) => info.id === id);
  if (!metric) return null;
  return (
    <>
      <Button size="small" type="link" onClick={() => onEdit(metric.id)}>
        Edit
      </Button>
      <Button size="small" type="link" danger onClick={() => onRemove(metric)}>
        Delete
      </Button>
    </>
  );
}

export default function Metrics() {
  const { seed, own } = useLoaderData<typeof loader>();
  const table = useSeededTable<MetricInfo>("metrics", seed, { live: false });
  const reread = useReread();
  const refetch = () => {
    table.refetch();
    reread();
  };
  useNews(["custom-metrics"], refetch);
  const mayWrite = canEverywhere(useViewer(), "metrics.write");
  const [open, setOpen] = useState<{ id?: string } | null>(null);
  const confirm = useConfirm();
  const { mutateAsync } = useDelete();
  const columns = useMemo(() => {
    const onRemove = ({ id, name }: CustomMetricItem) =>
      confirm({
        title: `Delete the metric ${name}?`,
        content: "It goes from tiles, charts and tables. The numbers it is made of stay.",
        act: "Delete",
        danger: true,
        onAct: () => mutateAsync({ resource: "custom-metrics", id }),
      });
    const acts = { own: own.items, onEdit: (id: string) => setOpen({ id }), onRemove };
    return columnsOf(mayWrite && own.items.length > 0 ? acts : null);
  }, [mayWrite, own.items, confirm, mutateAsync]);
  return (
    <Page
      title="Metrics"
      description="What each number means, how it is worked out of Amazon's columns, and when it stops moving."
      width="full"
      action={
        mayWrite ? (
          <Button type="primary" onClick={() => setOpen({})}>
            Make a metric
          </Button>
        ) : null
      }
    >
      <DataTable
        table={table}
        columns={columns}
        what="metrics"
        searchLabel="Search metrics"
        empty={<EmptyState title="No metric of this name">Search for a part of its name, such as cost.</EmptyState>}
      />
      <MetricDrawer open={open} onClose={() => setOpen(null)} onDone={refetch} />
    </Page>
  );
}
