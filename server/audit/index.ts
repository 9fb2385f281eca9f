export { type AuditSource, appendAudit } from "./append";
export { listAuditEvents } from "./list-events";
