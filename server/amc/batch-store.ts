// All SQL of batches.
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import { cancelNote, type ExecutionState } from "./execution-contract";
import { runsOfBatches } from "./execution-store";
import { reachable } from "./instance-store";
import {
  amcBatches as batches,
  amcExecutions as executions,
  amcInstances as instances,
  amcBatchReuses as reuses,
} from "./tables";

export type BatchRow = typeof batches.$inferSelect;

export async function insertBatch(tx: TxCtx, values: Omit<BatchRow, "agencyId" | "id" | "createdAt">): Promise<string> {
  const [row] = await tx.db
    .insert(batches)
    .values({ agencyId: tx.agencyId, createdAt: tx.now(), ...values })
    .returning({ id: batches.id });
  if (!row) throw new Error("the batch was not stored");
  await tx.changed("amc-batches", [row.id]);
  return row.id;
}

/** Lets a run that is there already answer in the batch too. */
export async function insertReuse(tx: TxCtx, batchId: string, executionId: string): Promise<void> {
  await tx.db.insert(reuses).values({ agencyId: tx.agencyId, batchId, executionId });
}

const atInstance = sql`join ${instances} on ${instances.agencyId} = ${executions.agencyId}
  and ${instances.id} = ${executions.instanceId}`;

/** Batches with a run that may be seen. */
const visible = (tx: TxCtx) =>
  and(
    eq(batches.agencyId, tx.agencyId),
    sql`(exists (select from ${executions} ${atInstance}
      where ${executions.agencyId} = ${batches.agencyId} and ${executions.batchId} = ${batches.id} and ${reachable(tx)})
    or exists (select from ${reuses} join ${executions} on ${executions.agencyId} = ${reuses.agencyId}
      and ${executions.id} = ${reuses.executionId} ${atInstance}
      where ${reuses.agencyId} = ${batches.agencyId} and ${reuses.batchId} = ${batches.id} and ${reachable(tx)}))`,
  );

/** The newest first. */
export async function selectBatches(tx: TxCtx, query: ListQuery) {
  const { id, title, templateId, kind, createdBy, createdAt } = batches;
  const clauses = listClauses(query, {
    fields: { id, title, templateId, kind, createdBy, createdAt },
    search: [title, createdBy],
    order: [desc(createdAt)],
    tie: id,
  });
  const where = and(visible(tx), clauses.where);
  const rows = await tx.db
    .select()
    .from(batches)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(batches).where(where);
  return { rows, total: count?.total ?? 0 };
}

/** By batch, state, and whether they were there already: how many, how long those took that are over, and when the first and last of them ended. */
export async function countRuns(tx: TxCtx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const { finishedAt, startedAt } = executions;
  const of = runsOfBatches(tx, ids);
  const reused = sql<boolean>`${executions.batchId} is distinct from ${of.batchId}`;
  return tx.db
    .select({
      batchId: of.batchId,
      state: executions.state,
      reused,
      runs: countAll,
      seconds: sql<number | null>`avg(extract(epoch from ${finishedAt} - ${startedAt}))::float8`,
      firstAt: sql<Date | null>`min(${finishedAt})`.mapWith(finishedAt),
      lastAt: sql<Date | null>`max(${finishedAt})`.mapWith(finishedAt),
    })
    .from(executions)
    .innerJoin(of, eq(of.runId, executions.id))
    .where(eq(executions.agencyId, tx.agencyId))
    .groupBy(of.batchId, executions.state, reused);
}

/** Runs of the batch's own in one of the states, at instances that the actor may ask. */
const stoppable = (tx: TxCtx, batchId: string, states: readonly ExecutionState[]) =>
  and(
    eq(executions.agencyId, tx.agencyId),
    eq(executions.batchId, batchId),
    inArray(executions.state, [...states]),
    sql`exists (select from ${instances} where ${instances.agencyId} = ${executions.agencyId}
      and ${instances.id} = ${executions.instanceId} and ${reachable(tx, "amc.write")})`,
  );

/** Ends what waits, and notes the wish of what Amazon has or is being given. @returns the ids of each */
export async function stopRunsOf(tx: TxCtx, batchId: string): Promise<{ ended: string[]; asked: string[] }> {
  const { id } = executions;
  const ended = await tx.db
    .update(executions)
    .set({ state: "cancelled", nextAt: null, finishedAt: tx.now() })
    .where(stoppable(tx, batchId, ["waiting"]))
    .returning({ id });
  const asked = await tx.db
    .update(executions)
    .set({ cancelAsked: true, note: cancelNote })
    .where(stoppable(tx, batchId, ["submitting", "running"]))
    .returning({ id });
  await tx.changed("amc-executions");
  return { ended: ended.map((run) => run.id), asked: asked.map((run) => run.id) };
}
