import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { useMemo } from "react";
import { type Export, formatWords, keptDays } from "#server/exports/contract";
import { useAct } from "~/providers/act";
import { keepsLoader } from "~/revalidate";
import { type Column, DataTable } from "~/ui/data-table";
import { LinkButton } from "~/ui/link-button";
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

/** What became of the file. */
const doneWord = ({ kept, expiresAt }: Pick<Export, "kept" | "expiresAt">): string =>
  kept ? "Ready" : expiresAt ? "File deleted, receipt kept" : "Sent at once";

const isOpen = ({ state }: Export) => state === "waiting" || state === "running";

/** One's lists as files: how far each is, the file while it is kept, and its receipt. */
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
      description={`Your lists as files. Long ones are written here in the background, with what you may see, and kept for ${keptDays} days; the signed receipt of each file is kept for good.`}
      action={<LinkButton to="/exports/verify">Verify a file</LinkButton>}
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
          <EmptyState title="Your exports will be listed here">
            Export a list from its File menu. Its receipt is kept here; a long list is written in the background, and
            waits for you too.
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
      render: ({ state, reason, ...one }) => (
        <span aria-live="polite">
          <StatusTag signal={words[state].signal}>{state === "done" ? doneWord(one) : words[state].word}</StatusTag>
          {reason ? <span className="tm-wrap tm-muted tm-under">{reason}</span> : null}
        </span>
      ),
    },
    { key: "format", title: "Format", render: ({ format }) => formatWords[format] },
    { key: "rows", title: "Rows", numeric: true, narrow: true, render: ({ rows }) => <Count value={rows} /> },
    {
      key: "bytes",
      title: "Size",
      unit: "kB",
      numeric: true,
      render: ({ bytes }) => <Count value={bytes / 1e3} decimals={1} />,
    },
    { key: "createdAt", title: "Asked for", sort: true, render: ({ createdAt }) => <Time at={createdAt} past /> },
    {
      key: "sha256",
      title: "SHA-256",
      optional: true,
      render: ({ sha256 }) => (sha256 ? <code className="tm-hash">{sha256}</code> : ""),
    },
    { key: "expiresAt", title: "Kept until", render: ({ expiresAt }) => <Time at={expiresAt} none="" /> },
    {
      key: "acts",
      title: "Actions",
      narrow: true,
      render: (one) => (
        <span className="tm-row-acts">
          {one.kept ? (
            <Button size="small" href={`/exports/files/${one.id}`} download aria-label={`Download ${one.filename}`}>
              Download
            </Button>
          ) : null}
          {one.sha256 ? (
            <Button
              size="small"
              href={`/exports/receipts/${one.id}`}
              download
              aria-label={`Receipt of ${one.filename}`}
            >
              Receipt
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
