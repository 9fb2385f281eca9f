import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { stateWord } from "~/connections/words";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { useReread } from "~/revalidate";
import { Facts, Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { Count } from "~/ui/values";
import { loadHealth } from "./health.server";

type Attention = Awaited<ReturnType<typeof loadHealth>>["attention"][number];

export const meta: MetaFunction = () => [{ title: "Health · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadHealth(args);

export default function Health() {
  const { database, workers, accounts, connections, attention } = useLoaderData<typeof loader>();
  const revalidate = useReread();
  useNews(["connections", "sync-status"], () => revalidate());
  return (
    <Page title="Health" description="What runs, and what needs a person." state={<Overall count={attention.length} />}>
      <Facts
        items={[
          {
            label: "Database",
            value: (
              <StatusTag signal={database === "ok" ? "ok" : "problem"}>
                {database === "ok" ? "Answers" : "Away"}
              </StatusTag>
            ),
          },
          { label: "Workers", value: <Workers {...workers} /> },
          { label: "Connections", value: <Count value={connections} /> },
          { label: "Accounts that sync", value: <Count value={accounts} /> },
        ]}
      />
      <Section title="Needs a person">
        {attention.length === 0 ? (
          <EmptyState title="Nothing does">
            Every connection works, every account's data comes as planned, and every message left.
          </EmptyState>
        ) : (
          <ul className="tm-plain-list">
            {attention.map((item) => (
              <li key={`${item.what} ${item.id}`}>
                <Subject {...item} />{" "}
                <StatusTag signal={passing.includes(item.state) ? "attention" : "problem"}>
                  {stateWords[item.state] ?? item.state}
                </StatusTag>{" "}
                {item.since ? (
                  <>
                    began <Time at={item.since} past />.{" "}
                  </>
                ) : null}
                {item.reason}
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}

const stateWords: Record<string, string> = {
  expiring: stateWord("expiring"),
  degraded: stateWord("degraded"),
  needs_reconsent: stateWord("needs_reconsent"),
  delayed: "Delayed",
  problem: "Problem",
  unavailable: "No answer",
  client_rejected: "Client refused",
  unsent: "Not sent",
};

/** Tidemark may put these right by itself. */
const passing = ["delayed", "degraded", "expiring", "unavailable"];

const pages: Partial<Record<Attention["what"], string>> = { connection: "/connections", account: "/accounts" };

function Subject({ what, id, name }: Pick<Attention, "what" | "id" | "name">) {
  const page = pages[what];
  return page ? <Link to={`${page}/${id}`}>{name}</Link> : <strong>{name}</strong>;
}

function Overall({ count }: { count: number }) {
  if (count === 0) return <StatusTag signal="ok">All well</StatusTag>;
  return <StatusTag signal="attention">{`${count} to look at`}</StatusTag>;
}

/** A worker says every few seconds that it lives. */
function Workers({ pools, lastSeenSeconds }: { pools: number; lastSeenSeconds: number | null }) {
  if (pools === 0) return <StatusTag signal="problem">None runs: nothing syncs</StatusTag>;
  return (
    <StatusTag signal="ok">{`${pools} running, last sign of life ${Math.max(0, lastSeenSeconds ?? 0)} s ago`}</StatusTag>
  );
}
