import { type Actor, type AuditEntry, actorName, type Ctx } from "../core/context";
import type { Tx } from "../core/db/connect";
import { auditEvents } from "./tables";

/** Who did it, where and when: every ctx is one; what happens before sign-in makes its own. */
export type AuditSource = Pick<Ctx, "agencyId" | "actor" | "now" | "requestId"> & Partial<Pick<Ctx, "origin">>;

/** Writes one event in the transaction of the change itself. */
export async function appendAudit(source: AuditSource, db: Tx, entry: AuditEntry): Promise<void> {
  await db.insert(auditEvents).values(eventOf(source, entry));
}

/** The same, once for each id. */
export async function appendOnce(
  source: AuditSource,
  db: Tx,
  { id, ...entry }: AuditEntry & { id: string },
): Promise<void> {
  await db
    .insert(auditEvents)
    .values({ ...eventOf(source, entry), id })
    .onConflictDoNothing();
}

function eventOf(source: AuditSource, entry: AuditEntry): typeof auditEvents.$inferInsert {
  const { actor } = source;
  return {
    agencyId: source.agencyId,
    at: source.now(),
    actorKind: actor.kind,
    actorId: actorId(actor),
    actorName: actorName(actor),
    action: entry.action,
    targetType: entry.target.type,
    targetId: entry.target.id,
    targetLabel: entry.target.label,
    brandId: entry.brandId,
    before: entry.before,
    after: entry.after,
    requestId: source.requestId,
    ip: source.origin?.ip,
    userAgent: source.origin?.userAgent,
  };
}

function actorId(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return actor.userId;
    case "key":
      return actor.keyId;
    case "system":
      return actor.job;
    case "operator":
      return actor.command;
    case "anonymous":
      return "";
    default:
      return actor satisfies never;
  }
}
