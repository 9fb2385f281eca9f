import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import { requirePerson } from "../identity";
import type { Export } from "./contract";
import { type ExportRow, findExport, selectExports } from "./store";

/** One's own, the newest first. */
export async function listExports(tx: TxCtx, query: ListQuery): Promise<ListResult<Export>> {
  const { rows, total } = await selectExports(tx, requirePerson(tx).userId, query);
  return { items: rows.map((row) => toExport(tx, row)), total };
}

export async function getExport(tx: TxCtx, id: string): Promise<Export> {
  return toExport(tx, await ownExport(tx, id));
}

/** @throws {AppError} not_found, also for another person's */
export async function ownExport(tx: TxCtx, id: string): Promise<ExportRow> {
  const row = await findExport(tx, id, requirePerson(tx).userId);
  if (!row) throw notFound("This export");
  return row;
}

export const isKept = ({ now }: Pick<TxCtx, "now">, { state, expiresAt }: ExportRow): boolean =>
  state === "done" && expiresAt !== null && expiresAt > now();

export const toExport = (tx: Pick<TxCtx, "now">, row: ExportRow): Export => ({
  id: row.id,
  list: row.list,
  title: row.title,
  filename: row.filename,
  format: row.format,
  state: row.state,
  rows: row.rows,
  bytes: row.bytes,
  reason: row.reason,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  kept: isKept(tx, row),
  sha256: row.manifest ? row.sha256 : null,
});
