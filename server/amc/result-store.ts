// All SQL of answers.
import { and, asc, between, desc, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { brands } from "../workspace/tables";
import { runsOfBatches } from "./execution-store";
import { reachable } from "./instance-store";
import {
  amcExecutions as executions,
  amcInstances as instances,
  amcResultPieces as pieces,
  amcResults as results,
} from "./tables";

export type ResultRow = typeof results.$inferSelect;
export type PieceRows = (typeof pieces.$inferSelect)["rows"];

export async function insertResult(tx: TxCtx, values: Omit<ResultRow, "agencyId" | "storedAt">): Promise<void> {
  await tx.db.insert(results).values({ agencyId: tx.agencyId, storedAt: tx.now(), ...values });
}

export async function insertPiece(tx: TxCtx, piece: { executionId: string; part: number; rows: PieceRows }) {
  await tx.db.insert(pieces).values({ agencyId: tx.agencyId, ...piece });
}

export async function findResult(tx: TxCtx, executionId: string): Promise<ResultRow | null> {
  const [row] = await tx.db
    .select()
    .from(results)
    .where(and(eq(results.agencyId, tx.agencyId), eq(results.executionId, executionId)));
  return row ?? null;
}

export type OneAnswer = Awaited<ReturnType<typeof selectAnswers>>[number];

/** What there is of the answer of one run or of those of a batch, as far as it may be seen, without its rows; the newest run first. */
export function selectAnswers(tx: TxCtx, of: { executionId: string } | { batchId: string }) {
  const runs = runsOfBatches(tx, "batchId" in of ? [of.batchId] : []);
  const { id, title, batchId, windowFrom, windowTo, createdAt } = executions;
  const { columns, rowCount, executionId, storedAt } = results;
  return tx.db
    .select({
      ...{ executionId, title, columns, rowCount, from: windowFrom, to: windowTo, batchId, answeredAt: storedAt },
      instanceName: instances.name,
      advertisers: instances.advertisers,
      brandId: instances.brandId,
      brandName: brands.name,
    })
    .from(results)
    .innerJoin(executions, and(eq(executions.agencyId, results.agencyId), eq(id, executionId)))
    .innerJoin(instances, and(eq(instances.agencyId, executions.agencyId), eq(instances.id, executions.instanceId)))
    .leftJoin(brands, and(eq(brands.agencyId, instances.agencyId), eq(brands.id, instances.brandId)))
    .where(
      and(
        eq(results.agencyId, tx.agencyId),
        reachable(tx),
        "batchId" in of ? inArray(id, tx.db.select({ id: runs.runId }).from(runs)) : eq(id, of.executionId),
      ),
    )
    .orderBy(desc(createdAt), asc(id));
}

/** Runs with SQL of their own whose answers have the same columns as that of one, in whatever order; the latest 50. */
export async function runsWithColumnsOf(tx: TxCtx, executionId: string): Promise<string[]> {
  const namesOf = (columns: unknown) => sql`jsonb_path_query_array(${columns}, '$[*].name')`;
  const own = sql`(select ${namesOf(results.columns)} from ${results}
    where ${results.agencyId} = ${tx.agencyId} and ${results.executionId} = ${executionId})`;
  const theirs = namesOf(results.columns);
  const rows = await tx.db
    .select({ id: executions.id })
    .from(results)
    .innerJoin(executions, and(eq(executions.agencyId, results.agencyId), eq(executions.id, results.executionId)))
    .innerJoin(instances, and(eq(instances.agencyId, executions.agencyId), eq(instances.id, executions.instanceId)))
    .where(
      and(
        eq(results.agencyId, tx.agencyId),
        reachable(tx),
        ne(executions.id, executionId),
        isNull(executions.templateId),
        sql`${theirs} @> ${own} and ${theirs} <@ ${own}`,
      ),
    )
    .orderBy(desc(executions.createdAt))
    .limit(50);
  return rows.map(({ id }) => id);
}

/** Pieces from one to another, both included. */
export async function readPieces(tx: TxCtx, executionId: string, { first, last }: { first: number; last: number }) {
  return tx.db
    .select({ part: pieces.part, rows: pieces.rows })
    .from(pieces)
    .where(
      and(eq(pieces.agencyId, tx.agencyId), eq(pieces.executionId, executionId), between(pieces.part, first, last)),
    )
    .orderBy(asc(pieces.part));
}
