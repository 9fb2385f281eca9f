import { and, desc, eq, inArray } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import { auditEvents } from "./tables";

export async function selectEvents(ctx: TxCtx, query: ListQuery) {
  const clauses = listClauses(query, {
    fields: {
      id: auditEvents.id,
      at: auditEvents.at,
      action: auditEvents.action,
      targetType: auditEvents.targetType,
      targetId: auditEvents.targetId,
      actorId: auditEvents.actorId,
      actorName: auditEvents.actorName,
      brandId: auditEvents.brandId,
      requestId: auditEvents.requestId,
    },
    search: [auditEvents.targetLabel, auditEvents.actorName, auditEvents.action],
    order: [desc(auditEvents.at)],
    tie: auditEvents.id,
  });
  const brandIds = ctx.brandsWith("audit.read");
  const visible = brandIds === "all" ? undefined : inArray(auditEvents.brandId, [...brandIds]);
  const where = and(eq(auditEvents.agencyId, ctx.agencyId), visible, clauses.where);
  const rows = await ctx.db
    .select()
    .from(auditEvents)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await ctx.db.select({ total: countAll }).from(auditEvents).where(where);
  return { rows, total: count?.total ?? 0 };
}
