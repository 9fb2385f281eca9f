// People reached by month, of each advertiser by itself: neither number is ever added.
import { useList } from "@refinedev/core";
import { Table } from "antd";
import type { ReachMonth } from "#server/insights/report-contract";
import type { ApiError } from "~/providers/data";
import type { ResolvedRange } from "~/ui/date-range";
import { formatDay } from "~/ui/format";
import { Section } from "~/ui/page";
import { EmptyState, ErrorState } from "~/ui/states";
import { TableSkeleton } from "~/ui/table-skeleton";
import { Time } from "~/ui/time";
import { Count } from "~/ui/values";
import { useView } from "~/ui/view";
import { filtersOf } from "./filters-of";

const titles = [
  { key: "month", title: "Month" },
  { key: "account", title: "Advertiser" },
  { key: "reach", title: "People reached", numeric: true },
  { key: "frequency", title: "Impressions for each person", numeric: true },
  { key: "asked", title: "As of" },
];

export function ReachTable({ brandId, range }: { brandId: string; range: ResolvedRange }) {
  const { locale } = useView();
  const { result, query } = useList<ReachMonth, ApiError>({
    resource: "reach-months",
    filters: filtersOf({ brandId }, range),
    pagination: { currentPage: 1, pageSize: 100 },
    liveMode: "auto",
    errorNotification: false,
  });
  const monthOf = ({ from, to }: ReachMonth) =>
    `${formatDay(from, { locale, year: false })} – ${formatDay(to, { locale })}`;
  return (
    <Section title="Reach and frequency">
      {query.isLoading ? <TableSkeleton columns={titles} rows={2} /> : null}
      {query.isError ? (
        <ErrorState
          title="Reach could not be loaded"
          error={query.error as ApiError}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {query.isSuccess && result.data.length === 0 ? (
        <EmptyState title="Reach will be shown here">
          Amazon counts people once for a whole month; the months of these days have not come yet.
        </EmptyState>
      ) : null}
      {result.data.length > 0 ? (
        <>
          <div className="tm-table" data-height="auto">
            <Table<ReachMonth>
              aria-label="People reached by month"
              size="small"
              rowKey="id"
              dataSource={result.data}
              pagination={false}
              scroll={{ x: "max-content" }}
              columns={[
                { ...titles[0], rowScope: "row", render: (_, row) => monthOf(row) },
                { ...titles[1], className: "tm-wide-only", render: (_, row) => row.accountName },
                {
                  ...titles[2],
                  className: "tm-numeric",
                  onCell: () => ({ "data-label": "People" }) as object,
                  render: (_, row) => <Count value={row.reach} />,
                },
                {
                  ...titles[3],
                  className: "tm-numeric",
                  onCell: () => ({ "data-label": "Times each" }) as object,
                  render: (_, row) => <Count value={row.frequency} decimals={2} />,
                },
                { ...titles[4], className: "tm-wide-only", render: (_, row) => <Time at={row.askedAt} /> },
              ]}
            />
          </div>
          <p className="tm-split-words">
            A person of two days or two advertisers is one person: Amazon counts each month by itself, and nothing here
            is added up.
          </p>
        </>
      ) : null}
    </Section>
  );
}
