import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useMemo } from "react";
import type { AuditEvent } from "#server/audit/contract";
import { useUrlParam } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { type Column, DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { loadAudit } from "./audit.server";
import { AuditActions } from "./audit-actions";
import { AuditFilters } from "./audit-filters";
import { actionWords, changeWords } from "./audit-words";
import { EventDrawer } from "./event-drawer";
import { IntegrityAlert, IntegrityBadge } from "./integrity-badge";
import { OutcomeTag } from "./outcome-tag";

export const meta: MetaFunction = () => [{ title: "Audit · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadAudit(args);
export const shouldRevalidate = keepsLoader();

export default function Audit() {
  const { seed, people, integrity, actions, kinds } = useLoaderData<typeof loader>();
  const table = useSeededTable<AuditEvent>("audit-events", seed, { live: false });
  const { brands } = useViewer();
  const [shown, show] = useUrlParam("event");
  const columns = useMemo(() => auditColumns(brands, show), [brands, show]);
  return (
    <Page
      title="Audit"
      description="What was done, tried and refused: who, when, from what to what. Written together with the change; nobody can edit it."
      width="full"
      state={integrity ? <IntegrityBadge integrity={integrity} /> : undefined}
      action={<AuditActions />}
    >
      {integrity ? <IntegrityAlert integrity={integrity} /> : null}
      <DataTable
        table={table}
        columns={columns}
        what="events"
        searchLabel="Search names and actions"
        filters={<AuditFilters table={table} people={people} brands={brands} actions={actions} kinds={kinds} />}
        empty={<EmptyState title="Changes will be listed here">Nobody has changed anything yet.</EmptyState>}
      />
      <EventDrawer
        id={shown}
        known={table.rows.find(({ id }) => id === shown)}
        brands={brands}
        onClose={() => show(null)}
      />
    </Page>
  );
}

function auditColumns(brands: { id: string; name: string }[], onShow: (id: string) => void): Column<AuditEvent>[] {
  return [
    {
      key: "action",
      title: "What",
      sort: true,
      width: 200,
      render: (event) => (
        <button type="button" className="tm-link" onClick={() => onShow(event.id)}>
          {actionWords(event.action)}
        </button>
      ),
    },
    { key: "target", title: "Of", narrow: true, width: 184, render: ({ targetLabel }) => targetLabel ?? "" },
    {
      key: "change",
      title: "Change",
      width: 280,
      render: (event) => <span className="tm-muted tm-breaks">{changeWords(event, brands)}</span>,
    },
    {
      key: "outcome",
      title: "Outcome",
      width: 104,
      narrow: true,
      render: ({ outcome }) => <OutcomeTag outcome={outcome} />,
    },
    { key: "actorName", title: "Who", sort: true, narrow: true, render: ({ actorName }) => actorName },
    { key: "at", title: "When", sort: true, narrow: true, render: ({ at }) => <Time at={at} past /> },
    {
      key: "brand",
      title: "Brand",
      optional: true,
      render: ({ brandId }) => brands.find(({ id }) => id === brandId)?.name ?? "",
    },
    { key: "ip", title: "From", optional: true, render: ({ ip }) => ip ?? "" },
  ];
}
