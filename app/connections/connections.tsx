import { PlusOutlined } from "@ant-design/icons";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Select } from "antd";
import { type Connection, ConnectionState, regionNames } from "#server/connections/contract";
import { canEverywhere } from "~/providers/access-control";
import { Link } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { type Column, DataTable } from "~/ui/data-table";
import { LinkButton } from "~/ui/link-button";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Count } from "~/ui/values";
import { loadConnections } from "./connections.server";
import { discoveryWords, NextToken, StateTag, stateWord } from "./words";

export const meta: MetaFunction = () => [{ title: "Connections · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadConnections(args);
export const shouldRevalidate = keepsLoader();

const columns: Column<Connection>[] = [
  {
    key: "amazonUserName",
    title: "Amazon user",
    sort: true,
    width: 220,
    render: (one) => <Link to={`/connections/${one.id}`}>{one.amazonUserName}</Link>,
  },
  { key: "state", title: "State", sort: true, narrow: true, render: (one) => <StateTag connection={one} /> },
  { key: "stateReason", title: "Why", width: 240, render: (one) => one.stateReason ?? "" },
  { key: "stateSince", title: "Since", sort: true, render: (one) => <Time at={one.stateSince} /> },
  { key: "accounts", title: "Accounts", numeric: true, narrow: true, render: (one) => <Count value={one.accounts} /> },
  {
    key: "renewsAt",
    title: "Next token",
    hint: "When the next use fetches a new access token. A token lives an hour.",
    render: (one) => <NextToken connection={one} />,
  },
  { key: "lastOutcome", title: "Last token", render: (one) => <LastToken connection={one} /> },
  { key: "discovery", title: "Discovery", render: (one) => discoveryWords(one.discovery) },
  { key: "discoveredAt", title: "Discovered", sort: true, render: (one) => <Time at={one.discoveredAt} /> },
  { key: "region", title: "Consent given in", optional: true, render: (one) => regionNames[one.region] },
  { key: "amazonUserEmail", title: "Email", optional: true, render: (one) => one.amazonUserEmail ?? "" },
  { key: "ownerName", title: "Connected by", optional: true, render: (one) => one.ownerName ?? "" },
  {
    key: "consentedAt",
    title: "Consented",
    sort: true,
    optional: true,
    render: (one) => <Time at={one.consentedAt} />,
  },
];

function LastToken({ connection: { token } }: { connection: Connection }) {
  if (!token.lastOutcome) return null;
  return (
    <>
      {token.lastOutcome} <Time at={token.lastOutcomeAt} />
    </>
  );
}

export function ConnectLink({ children = "Connect Amazon" }: { children?: string }) {
  return (
    <LinkButton type="primary" icon={<PlusOutlined aria-hidden />} to="/connections/new">
      {children}
    </LinkButton>
  );
}

const states = ConnectionState.options.map((value) => ({ value, label: stateWord(value) }));

export default function Connections() {
  const { seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<Connection>("connections", seed);
  const mayConnect = canEverywhere(useViewer(), "connections.write");
  return (
    <Page
      title="Connections"
      description="The Amazon users whose consent Tidemark works with, and how their tokens are."
      width="full"
      action={mayConnect ? <ConnectLink /> : null}
    >
      <DataTable
        table={table}
        columns={columns}
        what="connections"
        searchLabel="Search connections"
        filters={
          <Select
            aria-label="State"
            allowClear
            placeholder="Any state"
            value={table.filterValue("state")}
            onChange={(value) => table.setFilter("state", value)}
            options={states}
            popupMatchSelectWidth={false}
          />
        }
        empty={
          <EmptyState title="Your Amazon users will be listed here" action={mayConnect ? <ConnectLink /> : null}>
            Nobody has connected Amazon yet. It takes a minute: choose a region, allow access on Amazon's page, and
            Tidemark finds the accounts.
          </EmptyState>
        }
      />
    </Page>
  );
}
