import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useMemo } from "react";
import type { Account } from "#server/connections/contract";
import { can, canEverywhere } from "~/providers/access-control";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { useSeededTable } from "~/ui/use-list";
import { brandColumn, moreColumns, nameColumn, whatColumns } from "./account-columns";
import { AccountFilters } from "./account-filters";
import { loadAccounts } from "./accounts.server";
import { useAssignForm } from "./assign-form";
import { BrandSelect } from "./brand-select";
import { ConnectLink } from "./connections";
import { useLastData } from "./use-last-data";

export const meta: MetaFunction = () => [{ title: "Accounts · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadAccounts(args);
export const shouldRevalidate = keepsLoader("brand");

const inlineBrand = {
  ...brandColumn,
  width: 200,
  render: (account: Account) => <BrandSelect account={account} />,
};

export default function Accounts() {
  const { brand, permanent, seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<Account>("accounts", seed, { permanent });
  const viewer = useViewer();
  const mayAssign = can(viewer, "accounts.write");
  const assignForm = useAssignForm();
  const lastData = useLastData(table.rows);
  const columns = useMemo(
    () => [nameColumn, mayAssign ? inlineBrand : brandColumn, lastData, ...whatColumns, ...moreColumns],
    [mayAssign, lastData],
  );
  return (
    <Page
      title="Accounts"
      description="Everything at Amazon that your connections reach. Give each advertiser to the brand it belongs to."
      width="full"
    >
      <DataTable
        table={table}
        columns={columns}
        what="accounts"
        searchLabel="Search accounts"
        filters={<AccountFilters table={table} brands={brand ? null : viewer.brands} />}
        empty={
          <EmptyState
            title="Accounts will be listed here"
            action={canEverywhere(viewer, "connections.write") ? <ConnectLink /> : null}
          >
            They are found when someone connects an Amazon user, in all three regions.
          </EmptyState>
        }
        bulkForms={{ assign: assignForm }}
      />
    </Page>
  );
}
