import { PlusOutlined } from "@ant-design/icons";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Select } from "antd";
import { type Connection, ConnectionState, regionNames } from "#server/connections/contract";
import { can } from "~/providers/access-control";
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
import { ConsentEnd, Owner } from "./consent-words";
import { discoveryWords, NextToken, StateTag, stateWord } from "./words";

export const meta: MetaFunction = () => [{ title: "Connections · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadConnections(args);
export const shouldRevalidate = keepsLoader();

const columns: Column<Connection>[] = [
  {
    key: "amazonUserName",
    title: "Amazon user",
    sort: true,
    width: 160,
    render: (one) => <Link to={`/connections/${one.id}`}>{one.amazonUserName}</Link>,
  },
  {
    key: "state",
    title: "State",
    sort: true,
    narrow: true,
    width: 224,
    render: (one) => (
      <>
        <StateTag connection={{ state: one.state, stateReason: null }} />
        <Why text={one.stateReason} />
      </>
    ),
  },
  { key: "nextStep", title: "Next step", narrow: true, width: 120, render: (one) => <NextStep connection={one} /> },
  {
    key: "renewsAt",
    title: "Next refresh",
    hint: "When a new access token is fetched. A token lives an hour.",
    width: 120,
    render: (one) => <NextToken connection={one} />,
  },
  { key: "lastOutcome", title: "Last outcome", width: 224, render: (one) => <LastToken connection={one} /> },
  { key: "accounts", title: "Accounts", numeric: true, width: 96, render: (one) => <Count value={one.accounts} /> },
  {
    key: "consentExpiresAt",
    title: "Consent may end",
    hint: "A year after it was given: Amazon can end a consent then.",
    sort: true,
    width: 184,
    render: (one) => <ConsentEnd connection={one} />,
  },
  {
    key: "ownerName",
    title: "Looked after by",
    sort: true,
    width: 168,
    render: (one) => <Owner name={one.ownerName} left={one.ownerLeft} />,
  },
  {
    key: "stateSince",
    title: "State since",
    sort: true,
    optional: true,
    render: (one) => <Time at={one.stateSince} />,
  },
  { key: "discovery", title: "Discovery", optional: true, render: (one) => discoveryWords(one.discovery) },
  {
    key: "discoveredAt",
    title: "Discovered",
    sort: true,
    optional: true,
    render: (one) => <Time at={one.discoveredAt} />,
  },
  { key: "region", title: "Consent given in", optional: true, render: (one) => regionNames[one.region] },
  { key: "amazonUserEmail", title: "Email", optional: true, render: (one) => one.amazonUserEmail ?? "" },
  {
    key: "consentedAt",
    title: "Consented",
    sort: true,
    optional: true,
    render: (one) => <Time at={one.consentedAt} />,
  },
];

/** One line under the state; whole on hover. */
function Why({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <span className="tm-brief tm-muted tm-under" data-tip={text}>
      {text}
    </span>
  );
}

/** The one thing a person can do about its state; a connection that mends itself asks for nothing. */
function NextStep({ connection: { id, amazonUserName: user, region, state } }: { connection: Connection }) {
  const mayConnect = can(useViewer(), "connections.write");
  switch (state) {
    case "needs_reconsent":
    case "expiring":
    case "disconnected":
      return mayConnect ? (
        <Link to={`/connections/new?${new URLSearchParams({ region, user })}`}>Reconnect</Link>
      ) : (
        <>Ask {user}</>
      );
    case "degraded":
      return <Link to={`/connections/${id}`}>See why</Link>;
    case "healthy":
      return <span className="tm-muted">nothing to do</span>;
    default:
      return state satisfies never;
  }
}

function LastToken({ connection: { token } }: { connection: Connection }) {
  if (!token.lastOutcome) return <span className="tm-muted">none yet</span>;
  return (
    <>
      <span className="tm-brief" data-tip={token.lastOutcome}>
        {token.lastOutcome}
      </span>
      <span className="tm-muted tm-under">
        <Time at={token.lastOutcomeAt} none="" past />
      </span>
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
  const mayConnect = can(useViewer(), "connections.write");
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
