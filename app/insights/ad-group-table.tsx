// The ad groups of one campaign, with cells and bulk changes for those who may.
import { useLocation } from "@remix-run/react";
import { useState } from "react";
import type { AdGroup, CampaignInsights, MetricInfo } from "#server/insights/contract";
import { ExportMenu } from "~/lists/export-menu";
import { Link } from "~/providers/router";
import type { ResolvedRange } from "~/ui/date-range";
import { BulkChanges } from "./bulk-changes";
import { DayCell, MoneyCell, NameCell, StateCell } from "./change-cells";
import { useDraft } from "./draft";
import { exportQuery, tableMetrics } from "./export-query";
import { type PartSort, PartTable, type PartTableProps } from "./part-table";
import { keptSearch, rowsPath } from "./rows-path";
import { codeWords, EntityTag } from "./status-words";

type Shared = Pick<PartTableProps<AdGroup>, "metrics" | "currency" | "maturityOf">;

interface AdGroupTableProps extends Shared {
  insights: CampaignInsights;
  adGroups: AdGroup[];
  range: ResolvedRange;
  /** The currency that money is seen in, as the API takes it; nothing: as it was paid. */
  seenIn: { inCurrency?: string };
}

const aboutColumns = [
  "name",
  "adGroupId",
  "state",
  "deliveryStatus",
  "inventoryType",
  "baseBid",
  "budget",
  "startsAt",
  "endsAt",
];

export function AdGroupTable({ insights, adGroups, range, seenIn, ...parts }: AdGroupTableProps) {
  const [sort, setSort] = useState<PartSort | null>(null);
  const { mayEdit } = useDraft();
  const { search } = useLocation();
  const [selected, setSelected] = useState<string[]>([]);
  const { campaign } = insights;
  const isAsPaid = seenIn.inCurrency === undefined;
  const { currency, timeZone } = campaign;
  const of = (row: AdGroup) => ({ entity: "ad-group" as const, row, timeZone });
  const about = [
    {
      title: "Status",
      render: (row: AdGroup) => (
        <StateCell of={of(row)}>
          <EntityTag {...row} />
        </StateCell>
      ),
    },
    { title: "Inventory", render: ({ inventoryType }: AdGroup) => (inventoryType ? codeWords(inventoryType) : "") },
    {
      title: `Base bid, ${currency}`,
      numeric: true,
      render: (row: AdGroup) => <MoneyCell of={of(row)} field="baseBid" show="none" />,
    },
    {
      title: `Budget, ${currency}`,
      numeric: true,
      render: (row: AdGroup) => <MoneyCell of={of(row)} field="budget" show="none" />,
    },
    { title: "Start", render: (row: AdGroup) => <DayCell of={of(row)} field="startsAt" /> },
    { title: "End", render: (row: AdGroup) => <DayCell of={of(row)} field="endsAt" /> },
  ];
  return (
    <>
      {selected.length > 0 ? (
        <section className="tm-tools tm-tools-selection" aria-label="Selected ad groups">
          <strong aria-live="polite">{selected.length} selected</strong>
          <BulkChanges entity="ad-group" ids={selected} currencies={[currency]} onDone={() => setSelected([])} />
        </section>
      ) : null}
      <div className="tm-table-file">
        <ExportMenu
          name="ad-groups"
          what="ad groups"
          total={adGroups.length}
          query={exportQuery({ campaignId: campaign.id, ...seenIn }, range, {
            columns: [...aboutColumns, ...tableMetrics(parts.metrics).map(({ id }) => id)],
            sort,
          })}
        />
      </div>
      <PartTable
        onSort={setSort}
        label="Ad groups"
        first="Ad group (line item)"
        rows={adGroups}
        about={about}
        nameOf={(row) => (
          <NameCell of={of(row)}>
            <Link className="tm-row-name" data-tip={row.name} to={`/ad-groups/${row.id}${keptSearch(search)}`}>
              {row.name}
            </Link>
          </NameCell>
        )}
        {...(isAsPaid
          ? {
              rowsOf: (row: AdGroup, metric: MetricInfo) =>
                rowsPath({ campaign: campaign.id, adgroup: row.id, native: currency, metric: metric.id }, search),
            }
          : {})}
        {...(mayEdit ? { selection: { selected, onChange: setSelected } } : {})}
        {...parts}
      />
    </>
  );
}
