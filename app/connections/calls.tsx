import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useMemo, useState } from "react";
import type { AmazonCall } from "#server/connections/call-contract";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { CopyButton } from "~/ui/copy-button";
import { type Column, DataTable } from "~/ui/data-table";
import { formatNumber } from "~/ui/format";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Count } from "~/ui/values";
import { useView } from "~/ui/view";
import { CallDrawer, originWords } from "./call-drawer";
import { CallFilters } from "./call-filters";
import { CallTag, operationWords } from "./call-words";
import { loadCalls } from "./calls.server";

export const meta: MetaFunction = () => [{ title: "Calls to Amazon · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadCalls(args);
export const shouldRevalidate = keepsLoader("brand");

export default function Calls() {
  const { seed, permanent, mostCounted, mostSearched, accounts, connections } = useLoaderData<typeof loader>();
  const table = useSeededTable<AmazonCall>("amazon-calls", seed, { permanent });
  const { brands } = useViewer();
  const { locale } = useView();
  const [shown, setShown] = useState<AmazonCall | null>(null);
  const columns = useMemo(() => callColumns(setShown), []);
  return (
    <Page
      title="Calls to Amazon"
      description="Every request that was sent, on whose behalf, and what came of it. Kept 30 days; texts hold no secrets."
      width="full"
    >
      <DataTable
        table={table}
        columns={columns}
        what="calls"
        mostCounted={mostCounted}
        searchLabel={`Search the newest ${formatNumber(mostSearched, { locale })} calls`}
        filters={
          <CallFilters
            table={table}
            brands={permanent.length > 0 ? [] : brands}
            accounts={accounts}
            connections={connections}
          />
        }
        empty={
          <EmptyState title="Calls will be listed here">
            Nothing has been asked of Amazon yet. The first calls are made when an Amazon user is connected.
          </EmptyState>
        }
      />
      <CallDrawer call={shown} onClose={() => setShown(null)} />
    </Page>
  );
}

/** One line; whole on hover. */
function Name({ of: name }: { of: string | null }) {
  return (
    <span className="tm-brief tm-call-name" data-tip={name ?? undefined}>
      {name}
    </span>
  );
}

const callColumns = (onShow: (call: AmazonCall) => void): Column<AmazonCall>[] => [
  {
    key: "operation",
    title: "Operation",
    sort: true,
    width: 224,
    render: (call) => (
      <>
        <button type="button" className="tm-link" onClick={() => onShow(call)}>
          {operationWords(call.operation)}
        </button>
        <span className="tm-brief tm-muted tm-under" data-tip={`${call.method} ${call.path}`}>
          {call.method} {call.path}
        </span>
      </>
    ),
  },
  { key: "at", title: "Sent", sort: true, narrow: true, width: 104, render: ({ at }) => <Time at={at} /> },
  {
    key: "status",
    title: "Ended",
    sort: true,
    narrow: true,
    width: 184,
    render: (call) => (
      <>
        <CallTag call={call} />
        {call.error ? (
          <span className="tm-brief tm-muted tm-under tm-why" data-tip={call.error}>
            {call.error}
          </span>
        ) : null}
      </>
    ),
  },
  {
    key: "durationMs",
    title: "Took",
    unit: "ms",
    numeric: true,
    sort: true,
    width: 96,
    render: ({ durationMs }) => <Count value={durationMs} />,
  },
  { key: "account", title: "Account", width: 160, render: ({ accountName }) => <Name of={accountName} /> },
  { key: "brand", title: "Brand", width: 136, render: ({ brandName }) => <Name of={brandName} /> },
  { key: "connection", title: "Connection", width: 136, render: ({ connectionName }) => <Name of={connectionName} /> },
  {
    key: "requestId",
    title: "Request id",
    width: 152,
    hint: "Amazon's id of the request: its support asks for it.",
    render: ({ requestId }) =>
      requestId ? (
        <span className="tm-request-id">
          <code className="tm-brief">{requestId}</code>
          <CopyButton text={requestId} what="request id" />
        </span>
      ) : null,
  },
  { key: "origin", title: "Made by", optional: true, render: ({ origin }) => originWords(origin) },
  { key: "region", title: "Region", optional: true, render: ({ region }) => region },
];
