import { and, desc, eq, gt, inArray, isNotNull, lt, or, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import { exportPieces, exports } from "./tables";

export type ExportRow = typeof exports.$inferSelect;
const open = inArray(exports.state, ["waiting", "running"]);

const one = (tx: TxCtx, id: string) => and(eq(exports.agencyId, tx.agencyId), eq(exports.id, id));
const pieces = (tx: TxCtx, id: string) => and(eq(exportPieces.agencyId, tx.agencyId), eq(exportPieces.exportId, id));
const ofPerson = (tx: TxCtx, userId: string) => and(eq(exports.agencyId, tx.agencyId), eq(exports.userId, userId));

export async function selectExports(tx: TxCtx, userId: string, query: ListQuery) {
  const clauses = listClauses(query, {
    fields: {
      id: exports.id,
      list: exports.list,
      title: exports.title,
      format: exports.format,
      state: exports.state,
      createdAt: exports.createdAt,
    },
    order: [desc(exports.createdAt)],
    tie: exports.id,
  });
  const where = and(ofPerson(tx, userId), clauses.where);
  const rows = await tx.db
    .select()
    .from(exports)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [total] = await tx.db.select({ total: countAll }).from(exports).where(where);
  return { rows, total: total?.total ?? 0 };
}

export async function findExport(tx: TxCtx, id: string, userId: string): Promise<ExportRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await tx.db
    .select()
    .from(exports)
    .where(and(ofPerson(tx, userId), eq(exports.id, id)));
  return row ?? null;
}

/** How many of the person's are not written yet; locked against another begun at the same moment. */
export async function countOpen(tx: TxCtx, userId: string): Promise<number> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`exports:${tx.agencyId}:${userId}`}, 0))`);
  const [row] = await tx.db
    .select({ total: countAll })
    .from(exports)
    .where(and(ofPerson(tx, userId), open));
  return row?.total ?? 0;
}

export type NewExport = Pick<ExportRow, "userId" | "askedBy" | "list" | "title" | "query" | "filename" | "format">;

export async function insertExport(tx: TxCtx, values: NewExport): Promise<ExportRow> {
  const [row] = await tx.db
    .insert(exports)
    .values({ agencyId: tx.agencyId, state: "waiting", createdAt: tx.now(), ...values })
    .returning();
  if (!row) throw new Error("the export was not stored");
  return row;
}

type Sent = NewExport &
  Required<Pick<ExportRow, "id" | "rows" | "bytes" | "rights" | "sha256" | "manifest" | "signed">>;

/** The receipt of a file that was sent at once. */
export async function insertSent(tx: TxCtx, values: Sent): Promise<void> {
  const now = tx.now();
  await tx.db.insert(exports).values({ agencyId: tx.agencyId, state: "done", createdAt: now, endedAt: now, ...values });
}

/** The newest receipt of a file of these bytes, the person's own first. Another's file without rows is nobody's: its bytes can be guessed. */
export async function findReceiptOf(tx: TxCtx, sha256: string, userId: string | null): Promise<ExportRow | null> {
  const own = userId === null ? sql`false` : eq(exports.userId, userId);
  const ofBytes = and(eq(exports.agencyId, tx.agencyId), eq(exports.sha256, sha256), isNotNull(exports.manifest));
  const [row] = await tx.db
    .select()
    .from(exports)
    .where(and(ofBytes, or(own, gt(exports.rows, 0))))
    .orderBy(desc(own), desc(exports.endedAt))
    .limit(1);
  return row ?? null;
}

/** From its first row on, whatever an attempt before has left. Null where nobody waits for it any more. */
export async function beginAttempt(tx: TxCtx, id: string): Promise<ExportRow | null> {
  const [row] = await tx.db
    .update(exports)
    .set({ state: "running", attempt: sql`${exports.attempt} + 1`, rows: 0, bytes: 0 })
    .where(and(one(tx, id), open))
    .returning();
  if (row) await tx.db.delete(exportPieces).where(pieces(tx, id));
  return row ?? null;
}

export interface Attempt {
  id: string;
  attempt: number;
}

/** @returns whether it is still this attempt's to write */
export async function changeRunning(
  tx: TxCtx,
  { id, attempt }: Attempt,
  values: Partial<Omit<ExportRow, "agencyId" | "id">>,
): Promise<boolean> {
  const rows = await tx.db
    .update(exports)
    .set(values)
    .where(and(one(tx, id), eq(exports.state, "running"), eq(exports.attempt, attempt)))
    .returning({ id: exports.id });
  return rows.length > 0;
}

export async function insertPiece(tx: TxCtx, exportId: string, part: number, body: Buffer): Promise<void> {
  await tx.db.insert(exportPieces).values({ agencyId: tx.agencyId, exportId, part, body });
}

export async function findPiece(tx: TxCtx, id: string, part: number): Promise<Buffer | null> {
  const [row] = await tx.db
    .select({ body: exportPieces.body })
    .from(exportPieces)
    .where(and(pieces(tx, id), eq(exportPieces.part, part)));
  return row?.body ?? null;
}

/** Without its file. @returns the row, where it was still open */
export async function endOpen(
  tx: TxCtx,
  id: string,
  { state, reason = null }: { state: "failed" | "cancelled"; reason?: string | null },
): Promise<ExportRow | null> {
  const [row] = await tx.db
    .update(exports)
    .set({ state, reason, endedAt: tx.now() })
    .where(and(one(tx, id), open))
    .returning();
  if (row) await tx.db.delete(exportPieces).where(pieces(tx, id));
  return row ?? null;
}

/** Files whose days are over, not their receipts; and what came to nothing before the moment. */
export async function deleteExports(tx: TxCtx, before: Date): Promise<void> {
  const ofAgency = eq(exports.agencyId, tx.agencyId);
  const over = and(eq(exports.state, "done"), lt(exports.expiresAt, tx.now()));
  const failed = and(ofAgency, inArray(exports.state, ["failed", "cancelled"]), lt(exports.endedAt, before));
  const gone = tx.db
    .select({ id: exports.id })
    .from(exports)
    .where(or(and(ofAgency, over), failed));
  await tx.db
    .delete(exportPieces)
    .where(and(eq(exportPieces.agencyId, tx.agencyId), inArray(exportPieces.exportId, gone)));
  await tx.db.delete(exports).where(failed);
}
