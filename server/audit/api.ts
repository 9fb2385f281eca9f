import { resource } from "../core/resource";
import { AuditCheckpoint, AuditEvent } from "./contract";
import { listCheckpoints } from "./list-checkpoints";
import { getAuditEvent, listAuditEvents } from "./list-events";
import { verifyLog } from "./verify-log";

export const auditEventsResource = resource({
  name: "audit-events",
  title: "Audit event",
  description:
    "What was done, tried and refused, by whom and when; written in the transaction of the change, newest first. All that match, as a file: /exports/audit-events?format=csv or jsonl, with the same filters.",
  item: AuditEvent,
  list: {
    permission: "audit.read",
    filter: {
      action: "text",
      targetType: "text",
      targetId: "text",
      actorId: "text",
      actorKind: AuditEvent.shape.actorKind.options,
      brandId: "id",
      requestId: "text",
      outcome: AuditEvent.shape.outcome.options,
      ip: "text",
      at: "date",
    },
    sort: ["at", "action", "actorName"],
    search: true,
    run: listAuditEvents,
  },
  get: { permission: "audit.read", run: getAuditEvent },
  collectionActions: { verify: verifyLog },
});

export const auditCheckpointsResource = resource({
  name: "audit-checkpoints",
  title: "Audit checkpoint",
  description:
    "Signed statements of where the agency's chain of audit events stood, with the public keys that prove them.",
  item: AuditCheckpoint,
  list: { permission: "audit.read", filter: {}, sort: [], run: listCheckpoints },
});
