import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { useMemo } from "react";
import { type Export, keptDays } from "#server/exports/contract";
import { useAct } from "~/providers/act";
import { keepsLoader } from "~/revalidate";
import { type Column, DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Count } from "~/ui/values";
import { loadExports } from "./exports.server";

export const meta: MetaFunction = () => [{ title: "Exports · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadExports(args);
export const shouldRevalidate = keepsLoader();

const words: Record<Export["state"], { signal: Signal; word: string }> = {
  waiting: { signal: "waiting", word: "Waits" },
  running: { signal: "working", word: "Being written" },
  done: { signal: "ok", word: "Ready" },
  failed: { signal: "problem", word: "Failed" },
  cancelled: { signal: "off", word: "Cancelled" },
};

const isOpen = ({ state }: Export) => state === "waiting" || state === "running";

/** Lists too long to be sent at once: how far each file is, and the file. */
export default function Exports() {
  const { seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<Export>("exports", seed);
  const { act, busy } = useAct("exports");
  const columns = useMemo(() => {
    const cancel = ({ id, title }: Export) => {
      act({ id, action: "cancel", done: `Export cancelled: ${title}` }).catch(() => {});
    };
    return exportColumns({ cancel, busy });
  }, [act, busy]);
  return (
    <Page
      title="Exports"
      description={`Lists too long to be sent at once are written here for you, with what you may see. Each file is kept for ${keptDays} days.`}
      width="full"
    >
      <DataTable
        table={table}
        columns={columns}
        what="exports"
        height="auto"
        bulkActions={[]}
        labelOf={({ filename }) => filename}
        empty={
          <EmptyState title="Long exports will be listed here">
            Export a list from its File menu: a long one is written in the background, and waits for you here.
          </EmptyState>
        }
      />
    </Page>
  );
}

interface ExportActs {
  cancel: (one: Export) => void;
  busy: boolean;
}

function exportColumns({ cancel, busy }: ExportActs): Column<Export>[] {
  return [
    { key: "filename", title: "File", width: 264, render: ({ filename }) => filename },
    {
      key: "state",
      title: "State",
      narrow: true,
      width: 264,
      render: ({ state, reason }) => (
        <span aria-live="polite">
          <StatusTag signal={words[state].signal}>{words[state].word}</StatusTag>
          {reason ? <span className="tm-wrap tm-muted tm-under">{reason}</span> : null}
        </span>
      ),
    },
    { key: "rows", title: "Rows", numeric: true, narrow: true, render: ({ rows }) => <Count value={rows} /> },
    {
      key: "bytes",
      title: "Size",
      unit: "MB",
      numeric: true,
      render: ({ bytes }) => <Count value={bytes / 1e6} decimals={1} />,
    },
    { key: "createdAt", title: "Asked for", sort: true, render: ({ createdAt }) => <Time at={createdAt} past /> },
    { key: "expiresAt", title: "Kept until", render: ({ expiresAt }) => <Time at={expiresAt} none="" /> },
    {
      key: "acts",
      title: "Actions",
      narrow: true,
      render: (one) => (
        <span className="tm-row-acts">
          {one.state === "done" ? (
            <Button size="small" href={`/exports/files/${one.id}`} download aria-label={`Download ${one.filename}`}>
              Download
            </Button>
          ) : null}
          {isOpen(one) ? (
            <Button size="small" disabled={busy} onClick={() => cancel(one)} aria-label={`Cancel ${one.filename}`}>
              Cancel
            </Button>
          ) : null}
        </span>
      ),
    },
  ];
}
