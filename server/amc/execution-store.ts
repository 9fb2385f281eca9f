// All SQL of runs.
import { and, desc, eq, inArray, isNull, lte, notInArray, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import type { Filter, ListQuery } from "../core/query";
import { brands } from "../workspace/tables";
import type { Busy, Waiting } from "./choose-runs";
import { type AccountLoad, amcLimits } from "./contract";
import { openStates } from "./execution-contract";
import { type InstanceRow, reachable } from "./instance-store";
import {
  amcBatches,
  amcExecutions as executions,
  amcInstances as instances,
  amcResults as results,
  amcBatchReuses as reuses,
} from "./tables";

export type ExecutionRow = typeof executions.$inferSelect;

export interface OpenExecution {
  execution: ExecutionRow;
  instance: InstanceRow;
}

const withInstance = and(eq(instances.agencyId, executions.agencyId), eq(instances.id, executions.instanceId));
const withBrand = and(eq(brands.agencyId, instances.agencyId), eq(brands.id, instances.brandId));
const withResult = and(eq(results.agencyId, executions.agencyId), eq(results.executionId, executions.id));
export const ours = (tx: TxCtx) => eq(executions.agencyId, tx.agencyId);

/** The runs of batches: their own, and those that were there already. */
export function runsOfBatches(tx: TxCtx, batchIds: readonly string[]) {
  const ids = batchIds.filter(isUuid);
  const own = tx.db
    .select({
      batchId: sql<string>`${executions.batchId}`.as("of_batch_id"),
      runId: sql<string>`${executions.id}`.as("run_id"),
    })
    .from(executions)
    .where(and(ours(tx), inArray(executions.batchId, ids)));
  const reused = tx.db
    .select({
      batchId: sql<string>`${reuses.batchId}`.as("of_batch_id"),
      runId: sql<string>`${reuses.executionId}`.as("run_id"),
    })
    .from(reuses)
    .where(and(eq(reuses.agencyId, tx.agencyId), inArray(reuses.batchId, ids)));
  return own.unionAll(reused).as("of_batch");
}

function ofBatch(tx: TxCtx, { operator, values }: Filter): SQL {
  const runs = runsOfBatches(tx, values);
  const ids = tx.db.select({ id: runs.runId }).from(runs);
  return operator === "ne" ? notInArray(executions.id, ids) : inArray(executions.id, ids);
}

export type SeenExecution = Awaited<ReturnType<typeof selectExecutions>>["rows"][number];

/** The newest first. */
export async function selectExecutions(tx: TxCtx, query: ListQuery) {
  const { id, instanceId, templateId, scheduleId, origin, state, createdAt, finishedAt, title } = executions;
  const byBatch = query.filters.filter(({ field }) => field === "batchId").map((filter) => ofBatch(tx, filter));
  const clauses = listClauses(query, {
    fields: {
      ...{ id, instanceId, templateId, scheduleId, origin, state, createdAt, finishedAt, title },
      createdBy: executions.createdBy,
      brandId: instances.brandId,
    },
    search: [title, executions.createdBy, instances.name, brands.name],
    order: [desc(createdAt)],
    tie: id,
  });
  const where = and(ours(tx), reachable(tx), clauses.where, ...byBatch);
  const rows = await tx.db
    .select({
      execution: executions,
      instance: instances,
      brandName: brands.name,
      rows: results.rowCount,
      suppressed: results.suppressed,
    })
    .from(executions)
    .innerJoin(instances, withInstance)
    .leftJoin(brands, withBrand)
    .leftJoin(results, withResult)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db
    .select({ total: countAll })
    .from(executions)
    .innerJoin(instances, withInstance)
    .leftJoin(brands, withBrand)
    .where(where);
  return { rows, total: count?.total ?? 0 };
}

/** Whoever may see it or not: for jobs, and for commands that have asked. */
export async function readExecution(
  tx: TxCtx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<OpenExecution | null> {
  if (!isUuid(id)) return null;
  const query = tx.db
    .select({ execution: executions, instance: instances })
    .from(executions)
    .innerJoin(instances, withInstance)
    .where(and(ours(tx), eq(executions.id, id)));
  const [row] = await (options.lock ? query.for("update", { of: executions }) : query);
  return row ?? null;
}

export async function insertExecution(
  tx: TxCtx,
  values: Omit<typeof executions.$inferInsert, "agencyId" | "id" | "createdAt" | "state">,
): Promise<string> {
  const [row] = await tx.db
    .insert(executions)
    .values({ agencyId: tx.agencyId, state: "waiting", createdAt: tx.now(), ...values })
    .returning({ id: executions.id });
  if (!row) throw new Error("the run was not stored");
  await tx.changed("amc-executions", [row.id]);
  return row.id;
}

/** Changes a run that is in one of the states (open ones unless given), and tells open pages. @returns whether it was */
export async function changeExecution(
  tx: TxCtx,
  id: string,
  change: Partial<Omit<ExecutionRow, "agencyId" | "id">>,
  from: readonly ExecutionRow["state"][] = openStates,
): Promise<boolean> {
  const changed = await tx.db
    .update(executions)
    .set(change)
    .where(and(ours(tx), eq(executions.id, id), inArray(executions.state, [...from])))
    .returning({ id: executions.id });
  if (changed.length > 0) await tx.changed("amc-executions", [id]);
  return changed.length > 0;
}

/** The right to send the start of a run: of all who read it as it was, one gets it. @returns whether this call did */
export async function claimStart(tx: TxCtx, { id, attempts, startedAt }: ExecutionRow): Promise<boolean> {
  const claimed = await tx.db
    .update(executions)
    .set({ startedAt: tx.now(), polls: 0 })
    .where(
      and(
        ours(tx),
        eq(executions.id, id),
        eq(executions.state, "submitting"),
        eq(executions.cancelAsked, false),
        eq(executions.attempts, attempts),
        startedAt ? eq(executions.startedAt, startedAt) : isNull(executions.startedAt),
      ),
    )
    .returning({ id: executions.id });
  return claimed.length > 0;
}

const atAmazon: SQL = inArray(executions.state, ["submitting", "running"]);

/** Who decides about places, decides alone. Taken before any run is changed or locked, so that none waits for the other. */
export async function lockPlaces(tx: TxCtx): Promise<void> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtext('amc places'), hashtext(${tx.agencyId}))`);
}

export const selectBusy = (tx: TxCtx): Promise<Busy[]> =>
  tx.db
    .select({
      instanceId: executions.instanceId,
      accountId: instances.accountId,
      brandId: instances.brandId,
      batchId: executions.batchId,
    })
    .from(executions)
    .innerJoin(instances, withInstance)
    .where(and(ours(tx), atAmazon));

/** By AMC account how many runs of the agency are at Amazon and how many wait, whoever may see them: they share its places. */
export const countByAccount = (tx: TxCtx): Promise<AccountLoad[]> =>
  tx.db
    .select({
      accountId: instances.accountId,
      running: sql<number>`(count(*) filter (where ${atAmazon}))::int`,
      waiting: sql<number>`(count(*) filter (where ${executions.state} = 'waiting'))::int`,
    })
    .from(executions)
    .innerJoin(instances, withInstance)
    .where(and(ours(tx), inArray(executions.state, ["waiting", "submitting", "running"])))
    .groupBy(instances.accountId);

/** More are not looked at in one go. */
const mostLookedAt = 2_000;

/** Those that persons wait for first; of one batch the newest days. */
const turn = sql`array_position(array['person', 'schedule', 'backfill'], ${executions.origin}), ${executions.createdAt},
  ${executions.windowTo} desc, ${executions.id}`;

/** In their turn. Of one batch at one instance no more than could get a place, so that no backfill hides the others, however long it is. */
export function selectWaiting(tx: TxCtx): Promise<Waiting[]> {
  const group = sql`partition by ${executions.instanceId}, ${executions.batchId}`;
  const first = tx.db
    .select({ id: executions.id, place: sql<number>`row_number() over (${group} order by ${turn})`.as("place") })
    .from(executions)
    .where(and(ours(tx), eq(executions.state, "waiting")))
    .as("first");
  return tx.db
    .select({
      id: executions.id,
      instanceId: executions.instanceId,
      accountId: instances.accountId,
      brandId: instances.brandId,
      batchId: executions.batchId,
      atOnce: amcBatches.atOnce,
      origin: executions.origin,
      createdAt: executions.createdAt,
    })
    .from(executions)
    .innerJoin(first, eq(first.id, executions.id))
    .innerJoin(instances, withInstance)
    .leftJoin(amcBatches, and(eq(amcBatches.agencyId, executions.agencyId), eq(amcBatches.id, executions.batchId)))
    .where(and(ours(tx), lte(first.place, amcLimits.perInstance)))
    .orderBy(turn)
    .limit(mostLookedAt);
}

/** Open runs whose next step is long overdue: its job is gone. */
export const selectStalled = (tx: TxCtx, before: Date): Promise<{ id: string }[]> =>
  tx.db
    .select({ id: executions.id })
    .from(executions)
    .where(
      and(ours(tx), inArray(executions.state, ["submitting", "running", "collecting"]), lte(executions.nextAt, before)),
    );
