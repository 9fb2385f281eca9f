import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useMemo, useState } from "react";
import type { AuditEvent } from "#server/audit/contract";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { type Column, DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { loadAudit } from "./audit.server";
import { AuditFilters } from "./audit-filters";
import { actionWords, changeWords } from "./audit-words";
import { EventDrawer } from "./event-drawer";

export const meta: MetaFunction = () => [{ title: "Audit · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadAudit(args);
export const shouldRevalidate = keepsLoader();

export default function Audit() {
  const { seed, people } = useLoaderData<typeof loader>();
  const table = useSeededTable<AuditEvent>("audit-events", seed, { live: false });
  const { brands } = useViewer();
  const [shown, setShown] = useState<AuditEvent | null>(null);
  const columns = useMemo(() => auditColumns(brands, setShown), [brands]);
  return (
    <Page
      title="Audit"
      description="Every change: who, when, from what to what. Written together with the change; nobody can edit it."
      width="full"
    >
      <DataTable
        table={table}
        columns={columns}
        what="changes"
        searchLabel="Search names and actions"
        filters={<AuditFilters table={table} people={people} brands={brands} />}
        empty={<EmptyState title="Changes will be listed here">Nobody has changed anything yet.</EmptyState>}
      />
      <EventDrawer event={shown} brands={brands} onClose={() => setShown(null)} />
    </Page>
  );
}

function auditColumns(
  brands: { id: string; name: string }[],
  onShow: (event: AuditEvent) => void,
): Column<AuditEvent>[] {
  return [
    {
      key: "action",
      title: "What",
      sort: true,
      width: 240,
      render: (event) => (
        <button type="button" className="tm-link" onClick={() => onShow(event)}>
          {actionWords(event.action)}
        </button>
      ),
    },
    { key: "target", title: "Of", narrow: true, width: 240, render: ({ targetLabel }) => targetLabel ?? "" },
    {
      key: "change",
      title: "Change",
      width: 320,
      render: (event) => <span className="tm-muted">{changeWords(event, brands)}</span>,
    },
    { key: "actorName", title: "Who", sort: true, narrow: true, render: ({ actorName }) => actorName },
    { key: "at", title: "When", sort: true, narrow: true, render: ({ at }) => <Time at={at} /> },
    {
      key: "brand",
      title: "Brand",
      optional: true,
      render: ({ brandId }) => brands.find(({ id }) => id === brandId)?.name ?? "",
    },
  ];
}
