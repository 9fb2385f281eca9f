import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { Select } from "antd";
import { useMemo } from "react";
import type { Campaign } from "#server/insights/contract";
import { can, canEverywhere } from "~/providers/access-control";
import { Link } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { DataTable } from "~/ui/data-table";
import { viewParams } from "~/ui/date-range";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { type ListState, useSeededTable } from "~/ui/use-list";
import { BulkChanges } from "./bulk-changes";
import { campaignColumns } from "./campaign-columns";
import { loadCampaigns } from "./campaigns.server";
import { CompareButton } from "./compare-button";
import { ConversionLine } from "./conversion-line";
import { DraftProvider } from "./draft";
import { DraftBar } from "./draft-bar";
import { FreshnessLine } from "./freshness-line";
import { keptSearch } from "./rows-path";
import { deliveryOptions, stateOptions } from "./status-words";
import { useTotals } from "./use-totals";

export const meta: MetaFunction = () => [{ title: "Campaigns · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadCampaigns(args);
export const shouldRevalidate = keepsLoader("brand", ...viewParams);
export const handle = { range: true, currency: true };

interface FiltersProps {
  table: ListState<Campaign>;
  accounts: { id: string; name: string }[];
}

function Filters({ table, accounts }: FiltersProps) {
  const choice = (field: string, label: string, options: { value: string; label: string }[]) => (
    <Select
      aria-label={label}
      allowClear
      placeholder={`Any ${label.toLowerCase()}`}
      value={[table.filterValue(field)].flat()[0] ?? null}
      onChange={(value?: string) => table.setFilter(field, value)}
      options={options}
      popupMatchSelectWidth={220}
    />
  );
  return (
    <>
      {choice("state", "State", stateOptions)}
      {choice("deliveryStatus", "Delivery", deliveryOptions)}
      {accounts.length > 1
        ? choice(
            "accountId",
            "Account",
            accounts.map(({ id, name }) => ({ value: id, label: name })),
          )
        : null}
    </>
  );
}

function NothingYet() {
  const mayConnect = canEverywhere(useViewer(), "connections.write");
  return (
    <EmptyState
      title="Campaigns will be listed here"
      action={mayConnect ? <Link to="/connections/new">Connect Amazon</Link> : null}
    >
      They arrive within minutes of connecting an Amazon account and giving it to a brand.
    </EmptyState>
  );
}

export default function Campaigns() {
  const { draft, freshness, settled, totals } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Campaigns"
      description="Every campaign of the connected accounts, with its numbers over the days chosen above."
      state={
        <>
          <FreshnessLine freshness={freshness} settled={settled} />
          <ConversionLine conversion={totals.items[0]?.conversion} />
        </>
      }
      width="full"
    >
      <DraftProvider initial={draft}>
        <CampaignTable />
        <DraftBar />
      </DraftProvider>
    </Page>
  );
}

function CampaignTable() {
  const { seed, permanent, totals, metrics, accounts, moneyHidden } = useLoaderData<typeof loader>();
  const table = useSeededTable<Campaign>("campaigns", seed, { permanent });
  const shownTotals = useTotals(table, totals, permanent);
  const mayEdit = can(useViewer(), "campaigns.write");
  const { search } = useLocation();
  const kept = useMemo(() => keptSearch(search), [search]);
  const columns = useMemo(
    () => campaignColumns({ metrics, totals: shownTotals, search: kept, mayEdit, moneyHidden }),
    [metrics, shownTotals, kept, mayEdit, moneyHidden],
  );
  const bulk = (ids: string[], clear: () => void) => (
    <>
      <CompareButton ids={ids} search={kept} />
      {mayEdit ? (
        <BulkChanges
          entity="campaign"
          ids={ids}
          currencies={[...new Set(table.rows.filter(({ id }) => ids.includes(id)).map(({ currency }) => currency))]}
          onDone={clear}
        />
      ) : null}
    </>
  );
  return (
    <DataTable
      table={table}
      columns={columns}
      what="campaigns"
      searchLabel="Search campaigns by name or id"
      filters={<Filters table={table} accounts={accounts} />}
      empty={<NothingYet />}
      moreActs={bulk}
    />
  );
}
