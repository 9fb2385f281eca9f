import { and, desc, eq, inArray, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import { brands } from "../workspace/tables";
import { customActionRuns } from "./tables";

export type RunRow = typeof customActionRuns.$inferSelect;
export interface SeenRun {
  run: RunRow;
  brandName: string | null;
}

const columns = {
  fields: {
    id: customActionRuns.id,
    actionId: customActionRuns.actionId,
    actionLabel: customActionRuns.actionLabel,
    brandId: customActionRuns.brandId,
    recordType: customActionRuns.targetType,
    recordId: customActionRuns.targetId,
    recordLabel: customActionRuns.targetLabel,
    state: customActionRuns.state,
    test: customActionRuns.isTest,
    startedBy: customActionRuns.startedBy,
    status: customActionRuns.status,
    createdAt: customActionRuns.createdAt,
    endedAt: customActionRuns.endedAt,
  },
  search: [customActionRuns.actionLabel, customActionRuns.targetLabel, customActionRuns.startedBy],
  order: [desc(customActionRuns.createdAt)],
  tie: customActionRuns.id,
};

/** Those of brands for which the actor may see runs; those of the agency's own records where that is all brands. */
function visible(tx: TxCtx): SQL | undefined {
  const seen = tx.brandsWith("actions.read");
  return seen === "all" ? undefined : inArray(customActionRuns.brandId, [...seen]);
}

const ofRun = and(eq(brands.agencyId, customActionRuns.agencyId), eq(brands.id, customActionRuns.brandId));

export async function selectRuns(tx: TxCtx, query: ListQuery): Promise<{ rows: SeenRun[]; total: number }> {
  const { where: asked, orderBy } = listClauses(query, columns);
  const where = and(eq(customActionRuns.agencyId, tx.agencyId), visible(tx), asked);
  const rows = await tx.db
    .select({ run: customActionRuns, brandName: brands.name })
    .from(customActionRuns)
    .leftJoin(brands, ofRun)
    .where(where)
    .orderBy(...orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(customActionRuns).where(where);
  return { rows, total: count?.total ?? 0 };
}

/** Null also for one the actor may not see. */
export async function findRun(tx: TxCtx, id: string): Promise<SeenRun | null> {
  if (!isUuid(id)) return null;
  const [row] = await tx.db
    .select({ run: customActionRuns, brandName: brands.name })
    .from(customActionRuns)
    .leftJoin(brands, ofRun)
    .where(and(eq(customActionRuns.agencyId, tx.agencyId), eq(customActionRuns.id, id), visible(tx)));
  return row ?? null;
}

type NewRun = Omit<typeof customActionRuns.$inferInsert, "agencyId" | "createdAt" | "state">;

export async function insertRun(tx: TxCtx, run: NewRun): Promise<void> {
  await tx.db
    .insert(customActionRuns)
    .values({ agencyId: tx.agencyId, createdAt: tx.now(), nextAt: tx.now(), state: "waiting", ...run });
}

const byId = (tx: TxCtx, id: string) => and(eq(customActionRuns.agencyId, tx.agencyId), eq(customActionRuns.id, id));

/** Locked, so that one process at a time counts its attempts. */
export async function lockRun(tx: TxCtx, id: string): Promise<RunRow | null> {
  const [row] = await tx.db.select().from(customActionRuns).where(byId(tx, id)).for("update");
  return row ?? null;
}

export async function updateRun(tx: TxCtx, id: string, change: Partial<RunRow>): Promise<void> {
  await tx.db.update(customActionRuns).set(change).where(byId(tx, id));
}

/** Ids of those that should have been tried before the moment. */
export async function selectOverdueRuns(tx: TxCtx, before: Date): Promise<{ id: string; actionId: string }[]> {
  return tx.db
    .select({ id: customActionRuns.id, actionId: customActionRuns.actionId })
    .from(customActionRuns)
    .where(
      and(
        eq(customActionRuns.agencyId, tx.agencyId),
        eq(customActionRuns.state, "waiting"),
        or(lt(customActionRuns.nextAt, before), isNull(customActionRuns.nextAt)),
      ),
    )
    .limit(500);
}

export async function deleteRunsBefore(tx: TxCtx, moment: Date): Promise<void> {
  await tx.db
    .delete(customActionRuns)
    .where(
      and(
        eq(customActionRuns.agencyId, tx.agencyId),
        ne(customActionRuns.state, "waiting"),
        lt(customActionRuns.createdAt, moment),
      ),
    );
}

/** Tries are added to those there are. */
export const withTry = (one: object): SQL => sql`${customActionRuns.tries} || ${JSON.stringify([one])}::jsonb`;
