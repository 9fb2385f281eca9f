import { useOne } from "@refinedev/core";
import { Drawer, Skeleton } from "antd";
import type { AuditEvent } from "#server/audit/contract";
import type { ApiError } from "~/providers/data";
import { Link } from "~/providers/router";
import { CopyButton } from "~/ui/copy-button";
import { Facts } from "~/ui/page";
import { ErrorState } from "~/ui/states";
import { Time } from "~/ui/time";
import { actionWords, changesOf } from "./audit-words";
import { History } from "./history";
import { OutcomeTag } from "./outcome-tag";

interface EventDrawerProps {
  /** Of the event in the address; null: closed. */
  id: string | null;
  /** What the page knows already. */
  known: AuditEvent | undefined;
  brands: { id: string; name: string }[];
  onClose: () => void;
}

/** One event, whole; its address is the page's with `event`. */
export function EventDrawer({ id, known, brands, onClose }: EventDrawerProps) {
  const { result, query } = useOne<AuditEvent, ApiError>({
    resource: "audit-events",
    id: id ?? "",
    queryOptions: { enabled: id !== null && !known, retry: false },
    errorNotification: false,
  });
  const event = known ?? (id ? result : undefined);
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      title={event ? actionWords(event.action) : "Event"}
      width="min(560px, 100vw)"
    >
      {event ? <Event event={event} brands={brands} /> : null}
      {!event && query.isError ? <ErrorState error={query.error as ApiError} title="This event is not shown" /> : null}
      {!event && query.isFetching ? <Skeleton active /> : null}
    </Drawer>
  );
}

function Event({ event, brands }: { event: AuditEvent; brands: EventDrawerProps["brands"] }) {
  const brand = brands.find(({ id }) => id === event.brandId);
  const history = `/audit?${new URLSearchParams({ targetType: event.targetType, targetId: event.targetId })}`;
  return (
    <>
      <Facts
        items={[
          { label: "Outcome", value: <OutcomeTag outcome={event.outcome} /> },
          { label: "Who", value: event.actorName },
          { label: "When", value: <Time at={event.at} past /> },
          {
            label: "Of",
            value: (
              <>
                {event.targetLabel ?? actionWords(event.targetType)} ·{" "}
                <Link to={history} className="tm-inline-link">
                  History
                </Link>
              </>
            ),
          },
          { label: "Brand", value: brand?.name ?? <span className="tm-muted">none</span> },
          { label: "From", value: <From event={event} /> },
          { label: "Action", value: <code>{event.action}</code> },
          { label: "Request", value: <Copied text={event.requestId} what="request id" /> },
          { label: "Event", value: <Copied text={event.id} what="event id" /> },
        ]}
      />
      <Changes event={event} brands={brands} />
      <h3>All of {event.targetLabel ?? "this record"}</h3>
      <History resource={event.targetType} id={event.targetId} />
    </>
  );
}

const Copied = ({ text, what }: { text: string; what: string }) => (
  <>
    <code className="tm-breaks">{text}</code> <CopyButton text={text} what={what} />
  </>
);

function From({ event: { ip, userAgent } }: { event: AuditEvent }) {
  if (!ip) return <span className="tm-muted">no request</span>;
  return (
    <>
      {ip}
      {userAgent ? <span className="tm-muted tm-under tm-breaks">{userAgent}</span> : null}
    </>
  );
}

function Changes({ event, brands }: { event: AuditEvent; brands: EventDrawerProps["brands"] }) {
  const changes = changesOf(event, brands);
  if (changes.length === 0) return null;
  const hadBefore = event.before !== null;
  return (
    <table className="tm-changes">
      <thead>
        <tr>
          <th scope="col">Field</th>
          {hadBefore ? <th scope="col">Before</th> : null}
          <th scope="col">{hadBefore ? "After" : "Value"}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, from, to, changed }) => (
          <tr key={field} className={changed ? undefined : "tm-muted"}>
            <th scope="row">{field}</th>
            {hadBefore ? <td>{changed && from ? <del>{from}</del> : from}</td> : null}
            <td>{changed && to && hadBefore ? <ins>{to}</ins> : to}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
