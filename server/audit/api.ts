import { resource } from "../core/resource";
import { AuditEvent } from "./contract";
import { listAuditEvents } from "./list-events";

export const auditEventsResource = resource({
  name: "audit-events",
  title: "Audit event",
  description: "What was changed, by whom and when; written in the transaction of the change, newest first.",
  item: AuditEvent,
  list: {
    permission: "audit.read",
    filter: {
      action: "text",
      targetType: "text",
      targetId: "text",
      actorId: "text",
      brandId: "id",
      requestId: "text",
      at: "date",
    },
    sort: ["at", "action", "actorName"],
    search: true,
    run: listAuditEvents,
  },
});
