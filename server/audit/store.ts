import { and, desc, eq, inArray, like, or, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import { auditEvents } from "./tables";

export type EventRow = Omit<typeof auditEvents.$inferSelect, "agencyId"> & { outcome: "done" | "failed" | "denied" };

/** How it ended, by the action's last word: what was done needs none. */
const outcome = sql<EventRow["outcome"]>`case
  when ${auditEvents.action} like '%.denied' then 'denied'
  when ${or(like(auditEvents.action, "%failed"), like(auditEvents.action, "%refused"))} then 'failed' else 'done' end`;

const columns = {
  id: auditEvents.id,
  at: auditEvents.at,
  action: auditEvents.action,
  targetType: auditEvents.targetType,
  targetId: auditEvents.targetId,
  actorId: auditEvents.actorId,
  actorKind: auditEvents.actorKind,
  actorName: auditEvents.actorName,
  brandId: auditEvents.brandId,
  requestId: auditEvents.requestId,
  ip: auditEvents.ip,
};
const shown = {
  ...columns,
  targetLabel: auditEvents.targetLabel,
  before: auditEvents.before,
  after: auditEvents.after,
  userAgent: auditEvents.userAgent,
  outcome,
};

const clausesOf = (query: ListQuery) =>
  listClauses(query, {
    fields: { ...columns, outcome },
    search: [auditEvents.targetLabel, auditEvents.actorName, auditEvents.action],
    order: [desc(auditEvents.at)],
    tie: auditEvents.id,
  });

/** Who sees some brands only, sees the events of those brands only. */
function visible(tx: TxCtx): SQL | undefined {
  const brandIds = tx.brandsWith("audit.read");
  return brandIds === "all" ? undefined : inArray(auditEvents.brandId, [...brandIds]);
}

/** Of the agency, visible to the actor, and matched by the query. */
export const matching = (tx: TxCtx, query: ListQuery): SQL | undefined =>
  and(eq(auditEvents.agencyId, tx.agencyId), visible(tx), clausesOf(query).where);

export async function selectEvents(tx: TxCtx, query: ListQuery): Promise<{ rows: EventRow[]; total: number }> {
  const where = matching(tx, query);
  const rows = await tx.db
    .select(shown)
    .from(auditEvents)
    .where(where)
    .orderBy(...clausesOf(query).orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(auditEvents).where(where);
  return { rows, total: count?.total ?? 0 };
}

export async function findEvent(tx: TxCtx, id: string): Promise<EventRow | null> {
  if (!isUuid(id)) return null;
  const own = eq(auditEvents.agencyId, tx.agencyId);
  const [row] = await tx.db
    .select(shown)
    .from(auditEvents)
    .where(and(own, visible(tx), eq(auditEvents.id, id)));
  return row ?? null;
}

/** The newest event of these actions about the log itself. */
export async function lastCheck(tx: TxCtx, actions: string[]): Promise<EventRow | null> {
  const [row] = await tx.db
    .select(shown)
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.agencyId, tx.agencyId),
        eq(auditEvents.targetType, "audit"),
        eq(auditEvents.targetId, tx.agencyId),
        inArray(auditEvents.action, actions),
      ),
    )
    .orderBy(desc(auditEvents.at))
    .limit(1);
  return row ?? null;
}

const recent = 5000;

/** The actions and kinds of records of late, to choose from. */
export async function recentWords(tx: TxCtx): Promise<{ actions: string[]; kinds: string[] }> {
  const newest = tx.db
    .select({ action: auditEvents.action, kind: auditEvents.targetType })
    .from(auditEvents)
    .where(and(eq(auditEvents.agencyId, tx.agencyId), visible(tx)))
    .orderBy(desc(auditEvents.at))
    .limit(recent)
    .as("newest");
  const rows = await tx.db.selectDistinct({ action: newest.action, kind: newest.kind }).from(newest);
  const sorted = (words: string[]) => [...new Set(words)].sort();
  return { actions: sorted(rows.map(({ action }) => action)), kinds: sorted(rows.map(({ kind }) => kind)) };
}
