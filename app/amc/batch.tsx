import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { useMemo } from "react";
import type { AmcBatch } from "#server/amc/execution-contract";
import type { AmcResultRow } from "#server/amc/result-contract";
import { can } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import type { Column } from "~/ui/columns";
import { useConfirm } from "~/ui/confirm";
import { DataTable } from "~/ui/data-table";
import { afterDot } from "~/ui/format";
import { LinkButton } from "~/ui/link-button";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { valueColumns } from "./answer-columns";
import { loadBatch } from "./batch.server";
import { BatchList } from "./batch-list";
import { DaysOf } from "./words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.batch.title ?? "Batch"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadBatch(args);
export const shouldRevalidate = keepsLoader();

/** One question over many instances or periods: how far it is, and all answers in one table. */
export default function BatchPage() {
  const { batch, permanent, like, rows } = useLoaderData<typeof loader>();
  useNews(["amc-executions", "amc-batches"], useReread());
  const { id, title, kind, instances, windows, createdBy } = batch;
  return (
    <Page
      title={title}
      description={
        kind === "brands"
          ? `Asked of ${instances} instances by ${createdBy}: all answers in one table.`
          : `Asked for ${windows} periods by ${createdBy}, the newest first: all answers in one table.`
      }
      action={
        <>
          <Cancel batch={batch} />
          <LinkButton to={`/amc/runs?batch=${id}`}>Its runs</LinkButton>
        </>
      }
      trail={[{ label: "AMC runs", to: "/amc/runs" }]}
      width="full"
    >
      <BatchList batches={[batch]} />
      <Section title="All answers">
        {like?.moneyHidden ? (
          <p className="tm-muted">Money is left out: your role does not see it everywhere.</p>
        ) : null}
        <Rows key={batch.done} {...{ permanent, like, rows }} />
      </Section>
    </Page>
  );
}

function Cancel({ batch: { id, title, finishedAt } }: { batch: AmcBatch }) {
  const mayRun = can(useViewer(), "amc.write");
  const { act, busy } = useAct("amc-batches");
  const reread = useReread();
  const confirm = useConfirm();
  if (!mayRun || finishedAt) return null;
  const cancel = () =>
    confirm({
      title: `Cancel what is left of ${title}?`,
      content: "Runs that wait are left out, those at Amazon are told to stop. Answers that are here stay.",
      act: "Cancel batch",
      danger: true,
      onAct: () => act({ id, action: "cancel", done: `Cancelled: ${title}` }).then(reread, () => {}),
    });
  return (
    <Button onClick={cancel} disabled={busy}>
      Cancel batch
    </Button>
  );
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

function Rows({ permanent, like, rows }: Pick<Loaded, "permanent" | "like" | "rows">) {
  const table = useSeededTable<AmcResultRow>("amc-result-rows", rows, { permanent });
  const columns = useMemo(() => [...whereColumns, ...valueColumns(like?.columns ?? [], null)], [like]);
  return (
    <DataTable
      table={table}
      columns={columns}
      what="rows"
      height="auto"
      takesFiles={false}
      bulkActions={[]}
      empty={
        <EmptyState title="Answers will be listed here">No run has ended yet. You can leave this page.</EmptyState>
      }
    />
  );
}

const whereColumns: Column<AmcResultRow>[] = [
  {
    key: "instanceName",
    title: "Instance",
    width: 200,
    render: ({ executionId, instanceName }) => <Link to={`/amc/runs/${executionId}`}>{instanceName}</Link>,
  },
  {
    key: "brandName",
    title: "Brand",
    render: ({ brandName }) => brandName ?? <span className="tm-muted">none</span>,
  },
  { key: "from", title: "Days", narrow: true, render: (row) => <DaysOf window={row} /> },
  {
    key: "answeredAt",
    title: "Answered",
    hint: "Reused: the same had been asked before, and the answer was fresh or under way.",
    render: ({ answeredAt, reused }) => (
      <>
        <Time at={answeredAt} past />
        {reused ? <span className="tm-muted">{afterDot}reused</span> : null}
      </>
    ),
  },
];
