import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert } from "antd";
import { type Account, type Connection, regionNames } from "#server/connections/contract";
import { useNews } from "~/providers/live";
import { keepsLoader, useReread } from "~/revalidate";
import { DataTable } from "~/ui/data-table";
import { Facts, Page, Section } from "~/ui/page";
import { ProgressList } from "~/ui/progress-list";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { brandColumn, moreColumns, nameColumn, whatColumns } from "./account-columns";
import { loadConnection } from "./connection.server";
import { ConnectionActions } from "./connection-actions";
import { useWhileLooking } from "./use-while-looking";
import { discoveryItems, discoveryWords, isLooking, NextToken, StateTag } from "./words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.connection.amazonUserName ?? "Connection"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadConnection(args);
export const shouldRevalidate = keepsLoader();

const columns = [nameColumn, brandColumn, ...whatColumns, ...moreColumns];

const noteKind = { degraded: "warning", needs_reconsent: "error", expiring: "warning", disconnected: "info" } as const;

function StateNote({ connection: { state, stateReason, stateRemedy, stateSince } }: { connection: Connection }) {
  if (state === "healthy" || !stateReason) return null;
  return (
    <Alert
      type={noteKind[state]}
      showIcon
      className="tm-form-failure"
      message={stateReason}
      description={
        <>
          {stateRemedy} Since <Time at={stateSince} />.
        </>
      }
    />
  );
}

function TokenFacts({ connection }: { connection: Connection }) {
  const { token } = connection;
  return (
    <Facts
      items={[
        { label: "Email", value: connection.amazonUserEmail ?? "not given" },
        { label: "Consent given in", value: regionNames[connection.region] },
        { label: "Consented", value: <Time at={connection.consentedAt} /> },
        { label: "Connected by", value: connection.ownerName ?? "someone who has left" },
        { label: "Next token", value: <NextToken connection={connection} /> },
        {
          label: "Last token",
          value: (
            <>
              {token.lastOutcome ?? "none yet"} <Time at={token.lastOutcomeAt} none="" />
            </>
          ),
        },
      ]}
    />
  );
}

export default function ConnectionPage() {
  const { connection, permanent, seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<Account>("accounts", seed, { permanent });
  const revalidate = useReread();
  useNews(["connections"], revalidate);
  useWhileLooking(isLooking(connection.discovery), () => {
    revalidate();
    table.refetch();
  });
  return (
    <Page
      title={connection.amazonUserName}
      description="An Amazon user's consent, and what it reaches."
      trail={[{ label: "Connections", to: "/connections" }]}
      state={<StateTag connection={connection} />}
      action={<ConnectionActions connection={connection} onDone={revalidate} />}
      width="full"
    >
      <StateNote connection={connection} />
      <TokenFacts connection={connection} />
      {connection.state === "disconnected" ? null : (
        <Section
          title={discoveryWords(connection.discovery)}
          side={<Time at={connection.discoveredAt} none="not looked yet" />}
        >
          <ProgressList label="Discovery by region" items={discoveryItems(connection.discovery)} />
        </Section>
      )}
      <Section title="Accounts it reaches">
        <DataTable
          table={table}
          columns={columns}
          what="accounts"
          height="auto"
          searchLabel="Search accounts"
          empty={
            <EmptyState title={isLooking(connection.discovery) ? "Accounts arrive as they are found" : "No accounts"}>
              {isLooking(connection.discovery)
                ? "This takes a few seconds a region."
                : "This Amazon user sees no profile and no DSP entity, or the connection is cut off."}
            </EmptyState>
          }
        />
      </Section>
    </Page>
  );
}
