import type { AuditEntry, Ctx } from "../core/context";
import type { Tx } from "../core/db/connect";
import { auditEvents } from "./tables";

/** Who did it, where and when: every ctx is one; what happens before sign-in makes its own. */
export type AuditSource = Pick<Ctx, "agencyId" | "actor" | "now" | "requestId">;

/** Writes one event in the transaction of the change itself. */
export async function appendAudit(source: AuditSource, db: Tx, entry: AuditEntry): Promise<void> {
  const { actor } = source;
  await db.insert(auditEvents).values({
    agencyId: source.agencyId,
    at: source.now(),
    actorKind: actor.kind,
    actorId: actor.kind === "user" ? actor.userId : actor.job,
    actorName: actor.kind === "user" ? actor.name : "Tidemark",
    action: entry.action,
    targetType: entry.target.type,
    targetId: entry.target.id,
    targetLabel: entry.target.label,
    brandId: entry.brandId,
    before: entry.before,
    after: entry.after,
    requestId: source.requestId,
  });
}
