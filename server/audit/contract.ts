// What the browser may know of the audit log.
import { z } from "zod";

export const AuditEvent = z.object({
  id: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  actorKind: z.enum(["user", "key", "operator", "anonymous", "system"]),
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
  /** Where the request came from; null for jobs. */
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** Done, tried without success, or refused for want of a permission. */
  outcome: z.enum(["done", "failed", "denied"]),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** No agency keeps its events for less. */
export const retentionFloorDays = 365;

/** What a verification found. */
export const Verification = z.object({
  ok: z.boolean(),
  /** How many events were read. */
  events: z.number(),
  /** The place that the chain begins after; 0 unless retention removed older events. */
  from: z.number(),
  /** The last event read. */
  seq: z.number(),
  hash: z.string(),
  /** ISO 8601, UTC. */
  checkedAt: z.string(),
  problems: z.array(z.object({ seq: z.number().nullable(), eventId: z.string().nullable(), message: z.string() })),
});
export type Verification = z.infer<typeof Verification>;

/** What the badge says. */
export interface Integrity {
  /** The last verification; null before the first. */
  last: { ok: boolean; seq: number; at: string; by: string; problems: string[] } | null;
  /** Events written until now. */
  seq: number;
  /** The last signed checkpoint. */
  checkpoint: { seq: number; at: string } | null;
}

export const AuditCheckpoint = z.object({
  id: z.string(),
  /** Place of the last event that it speaks of. */
  seq: z.number(),
  /** Hash of the chain there, SHA-256 in hex. */
  hash: z.string(),
  at: z.string(),
  keyId: z.string(),
  /** Ed25519 over the statement, base64. */
  signature: z.string(),
  /** SPKI, base64. */
  publicKey: z.string(),
  /** When retention removed the events up to here; null where it did not. */
  prunedAt: z.string().nullable(),
});
export type AuditCheckpoint = z.infer<typeof AuditCheckpoint>;
