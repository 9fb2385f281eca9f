import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useMemo } from "react";
import type { Account } from "#server/connections/contract";
import { useNews } from "~/providers/live";
import { keepsLoader, useReread } from "~/revalidate";
import { type Column, DataTable } from "~/ui/data-table";
import { Facts, Page, Section } from "~/ui/page";
import { ProgressList } from "~/ui/progress-list";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { brandColumn, moreColumns, nameColumn, whatColumns } from "./account-columns";
import { loadConnection } from "./connection.server";
import { ConnectionActions } from "./connection-actions";
import { ConnectionFacts, StateNote } from "./connection-facts";
import { ConnectionHistory } from "./connection-history";
import { useWhileLooking } from "./use-while-looking";
import { discoveryItems, discoveryWords, foundFacts, isDiscovered, isLooking, StateTag } from "./words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.connection.amazonUserName ?? "Connection"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadConnection(args);
export const shouldRevalidate = keepsLoader("history");

/** Whether an account is read through this connection. */
const partColumn = (id: string): Column<Account> => ({
  key: "part",
  title: "Part",
  hint: "Read through this connection, or its back-up for the account",
  render: ({ connectionId }) => (connectionId === id ? "read through it" : <span className="tm-muted">back-up</span>),
});

const columnsOf = (id: string) => [nameColumn, brandColumn, partColumn(id), ...whatColumns, ...moreColumns];

export default function ConnectionPage() {
  const { connection, consent, history, permanent, seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<Account>("accounts", seed, { permanent });
  const columns = useMemo(() => columnsOf(connection.id), [connection.id]);
  const revalidate = useReread();
  useNews(["connections", "accounts"], revalidate);
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
      <ConnectionFacts connection={connection} consent={consent} onDone={revalidate} />
      {connection.state === "disconnected" ? null : (
        <Section
          title={discoveryWords(connection.discovery)}
          side={
            <span className="tm-muted">
              looked <Time at={connection.discoveredAt} none="never" past />
            </span>
          }
        >
          {isDiscovered(connection.discovery) ? (
            <Facts items={foundFacts(connection.discovery)} />
          ) : (
            <ProgressList label="Discovery by region" items={discoveryItems(connection.discovery)} />
          )}
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
      <ConnectionHistory
        events={history.items}
        total={history.total}
        page={history.params.currentPage}
        pageSize={history.params.pageSize}
      />
    </Page>
  );
}
