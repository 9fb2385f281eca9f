import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import { requirePerson } from "../identity";
import type { Export } from "./contract";
import { type ExportRow, findExport, selectExports } from "./store";

/** One's own, the newest first. */
export async function listExports(tx: TxCtx, query: ListQuery): Promise<ListResult<Export>> {
  const { rows, total } = await selectExports(tx, requirePerson(tx).userId, query);
  return { items: rows.map(toExport), total };
}

export async function getExport(tx: TxCtx, id: string): Promise<Export> {
  return toExport(await ownExport(tx, id));
}

/** @throws {AppError} not_found, also for another person's */
export async function ownExport(tx: TxCtx, id: string): Promise<ExportRow> {
  const row = await findExport(tx, id, requirePerson(tx).userId);
  if (!row) throw notFound("This export");
  return row;
}

export const toExport = (row: ExportRow): Export => ({
  id: row.id,
  list: row.list,
  title: row.title,
  filename: row.filename,
  state: row.state,
  rows: row.rows,
  bytes: row.bytes,
  reason: row.reason,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
});
