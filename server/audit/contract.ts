// What the browser may know of the audit log.
import { z } from "zod";

export const AuditEvent = z.object({
  id: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  actorKind: z.enum(["user", "system"]),
  actorId: z.string(),
  actorName: z.string(),
  /** Noun first, past tense: `brand.archived`. */
  action: z.string(),
  targetType: z.string(),
  targetId: z.string(),
  targetLabel: z.string().nullable(),
  brandId: z.string().nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  requestId: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;
