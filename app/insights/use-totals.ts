import { type CrudFilter, useList } from "@refinedev/core";
import { useRef } from "react";
import type { Campaign, CampaignTotal } from "#server/insights/contract";
import type { Seed } from "~/ui/list-params";
import type { ListState } from "~/ui/use-list";

const narrowing = ["state", "deliveryStatus", "accountId"];

/** The totals over all rows that match what the table is narrowed to; the loader's until that changes. */
export function useTotals(
  table: ListState<Campaign>,
  seed: Seed<CampaignTotal>,
  permanent: CrudFilter[],
): CampaignTotal[] {
  const filters: CrudFilter[] = [
    ...permanent,
    ...narrowing.flatMap((field): CrudFilter[] => {
      const value = table.filterValue(field);
      return value ? [{ field, operator: "eq", value }] : [];
    }),
    ...(table.search ? [{ field: "q", operator: "contains" as const, value: table.search }] : []),
  ];
  const key = JSON.stringify(filters);
  const seeded = useRef(key);
  const { result } = useList<CampaignTotal>({
    resource: "campaign-totals",
    filters,
    pagination: { currentPage: 1, pageSize: 100 },
    errorNotification: false,
    queryOptions: {
      placeholderData: (before) => before,
      ...(seeded.current === key ? { initialData: { data: seed.items, total: seed.total } } : {}),
    },
    liveMode: "auto",
  });
  return result.data;
}
