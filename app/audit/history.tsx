// What was done to one record, newest first: a tab of any page that shows one.
import { useList } from "@refinedev/core";
import { Skeleton } from "antd";
import type { AuditEvent } from "#server/audit/contract";
import { can } from "~/providers/access-control";
import type { ApiError } from "~/providers/data";
import { Link } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import { EmptyState, ErrorState, NoPermission } from "~/ui/states";
import { Time } from "~/ui/time";
import { actionWords, changeWords } from "./audit-words";

interface HistoryProps {
  /** As the log calls its kind: "brand", "member". */
  resource: string;
  id: string;
}

const shown = 20;

export function History({ resource, id }: HistoryProps) {
  const viewer = useViewer();
  const allowed = can(viewer, "audit.read");
  const { query, result } = useList<AuditEvent, ApiError>({
    resource: "audit-events",
    filters: [
      { field: "targetType", operator: "eq", value: resource },
      { field: "targetId", operator: "eq", value: id },
    ],
    sorters: [{ field: "at", order: "desc" }],
    pagination: { currentPage: 1, pageSize: shown },
    queryOptions: { enabled: allowed },
    errorNotification: false,
  });
  if (!allowed) return <NoPermission what="this history" who={`an owner or admin of ${viewer.agency.name}`} />;
  if (query.isError) {
    const again = () => void query.refetch();
    return <ErrorState title="The history could not be loaded" error={query.error as ApiError} onRetry={again} />;
  }
  if (query.isLoading) return <Skeleton active />;
  if (result.data.length === 0)
    return <EmptyState title="Changes will be listed here">Nothing was changed yet.</EmptyState>;
  const whole = new URLSearchParams({ targetType: resource, targetId: id });
  return (
    <>
      <ol className="tm-history">
        {result.data.map((event) => (
          <li key={event.id}>
            <Link to={`/audit?${whole}&event=${event.id}`}>{actionWords(event.action)}</Link>
            <span className="tm-muted">
              {" "}
              by {event.actorName}, <Time at={event.at} past />
            </span>
            <div className="tm-muted">{changeWords(event, viewer.brands)}</div>
          </li>
        ))}
      </ol>
      {(result.total ?? 0) > shown ? <Link to={`/audit?${whole}`}>All {result.total} events</Link> : null}
    </>
  );
}
