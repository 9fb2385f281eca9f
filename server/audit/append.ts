import type { AuditEntry, Ctx } from "../core/context";
import type { Tx } from "../core/db/connect";
import { auditEvents } from "./tables";

/** Writes one event in the transaction of the change itself. */
export async function appendAudit(ctx: Ctx, db: Tx, entry: AuditEntry): Promise<void> {
  const { actor } = ctx;
  await db.insert(auditEvents).values({
    agencyId: ctx.agencyId,
    at: ctx.now(),
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
    requestId: ctx.requestId,
  });
}
