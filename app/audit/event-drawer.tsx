import { Drawer } from "antd";
import type { AuditEvent } from "#server/audit/contract";
import { CopyButton } from "~/ui/copy-button";
import { Facts } from "~/ui/page";
import { Time } from "~/ui/time";
import { actionWords, wordsOf } from "./audit-words";

interface EventDrawerProps {
  event: AuditEvent | null;
  brands: { id: string; name: string }[];
  onClose: () => void;
}

/** One event, whole. */
export function EventDrawer({ event, brands, onClose }: EventDrawerProps) {
  const fields = [...new Set([...Object.keys(event?.before ?? {}), ...Object.keys(event?.after ?? {})])];
  return (
    <Drawer
      open={event !== null}
      onClose={onClose}
      title={event ? actionWords(event.action) : ""}
      width="min(480px, 100vw)"
    >
      {event ? (
        <>
          <Facts
            items={[
              { label: "Who", value: event.actorName },
              { label: "When", value: <Time at={event.at} /> },
              { label: "Of", value: event.targetLabel ?? event.targetType },
              { label: "Brand", value: brands.find(({ id }) => id === event.brandId)?.name ?? "None" },
              { label: "Action", value: <code>{event.action}</code> },
              {
                label: "Request",
                value: (
                  <>
                    <code>{event.requestId}</code> <CopyButton text={event.requestId} what="request id" />
                  </>
                ),
              },
            ]}
          />
          {fields.length > 0 ? (
            <table className="tm-changes">
              <thead>
                <tr>
                  <th scope="col">Field</th>
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                </tr>
              </thead>
              <tbody>
                {fields.map((field) => (
                  <tr key={field}>
                    <th scope="row">{field}</th>
                    <td>{wordsOf(event.before?.[field])}</td>
                    <td>{wordsOf(event.after?.[field])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
        </>
      ) : null}
    </Drawer>
  );
}
