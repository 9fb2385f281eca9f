// All SQL of answers.
import { and, eq } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { amcResultPieces as pieces, amcResults as results } from "./tables";

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

export async function readPiece(tx: TxCtx, executionId: string, part: number): Promise<PieceRows> {
  const [row] = await tx.db
    .select({ rows: pieces.rows })
    .from(pieces)
    .where(and(eq(pieces.agencyId, tx.agencyId), eq(pieces.executionId, executionId), eq(pieces.part, part)));
  return row?.rows ?? [];
}
