import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { type AmcInstance, amcLimits } from "#server/amc/contract";
import { regionNames } from "#server/connections/contract";
import { can } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { Link } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import type { Column } from "~/ui/columns";
import { DataTable } from "~/ui/data-table";
import { LinkButton } from "~/ui/link-button";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Count } from "~/ui/values";
import { loadInstances } from "./instances.server";
import { InstanceTag } from "./words";

export const meta: MetaFunction = () => [{ title: "AMC instances · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadInstances(args);
export const shouldRevalidate = keepsLoader("brand");

/** The clean rooms that the agency reaches: whose they are, whether they can be asked, how busy they are. */
export default function Instances() {
  const { permanent, seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<AmcInstance>("amc-instances", seed, { permanent });
  return (
    <Page
      title="AMC instances"
      description="Each holds the data of some advertisers, and is asked by itself. Amazon runs ten questions at once in one, 200 in an account."
      action={<Acts />}
      width="full"
    >
      <DataTable
        table={table}
        columns={columns}
        what="instances"
        height="auto"
        searchLabel="Search by name, id, account, brand"
        takesFiles={false}
        empty={
          <EmptyState title="AMC instances will be listed here" action={<Acts />}>
            None is known yet. They are found through the connections: an Amazon user must have been given access to
            AMC.
          </EmptyState>
        }
      />
    </Page>
  );
}

function Acts() {
  const viewer = useViewer();
  const { act, busy } = useAct("amc-instances");
  if (!can(viewer, "instances.write")) return null;
  const discover = () => act({ action: "discover", done: "Looking for instances: those found appear in the list" });
  return (
    <>
      <Button disabled={busy} onClick={() => void discover().catch(() => {})}>
        Look for instances
      </Button>
      {can(viewer, "connections.read") ? (
        <LinkButton type="primary" to="/amc/instances/new">
          New instance
        </LinkButton>
      ) : null}
    </>
  );
}

const columns: Column<AmcInstance>[] = [
  {
    key: "name",
    title: "Instance",
    sort: true,
    width: 240,
    render: ({ id, name }) => <Link to={`/amc/instances/${id}`}>{name}</Link>,
  },
  { key: "state", title: "State", narrow: true, render: (instance) => <InstanceTag {...instance} /> },
  {
    key: "brand",
    title: "Brand",
    field: "brandName",
    narrow: true,
    render: ({ brandName }) => brandName ?? <span className="tm-muted">none</span>,
  },
  {
    key: "running",
    title: "At Amazon",
    numeric: true,
    hint: `Runs of this agency there now; Amazon runs ${amcLimits.perInstance} at once.`,
    render: ({ running }) => <Count value={running} />,
  },
  { key: "waiting", title: "Waiting", numeric: true, render: ({ waiting }) => <Count value={waiting} /> },
  { key: "tables", title: "Tables", numeric: true, render: ({ tables }) => <Count value={tables.length} /> },
  {
    key: "advertisers",
    title: "Advertisers",
    numeric: true,
    render: ({ advertisers }) => <Count value={advertisers.length} />,
  },
  { key: "accountName", title: "AMC account", render: ({ accountName }) => accountName },
  { key: "region", title: "Region", optional: true, render: ({ region }) => regionNames[region] },
  { key: "type", title: "Type", optional: true, render: ({ type }) => type },
  { key: "amazonId", title: "Amazon's id", optional: true, render: ({ amazonId }) => <code>{amazonId ?? ""}</code> },
  { key: "checkedAt", title: "Looked at", render: ({ checkedAt }) => <Time at={checkedAt} past /> },
];
