// Writes a file piece by piece, each in a transaction of its own: progress shows, and an end can come between any two.
import type { Ctx } from "../core/context";
import { AppError } from "../core/errors";
import { failpoint } from "../core/failpoint";
import { readRightsOf } from "../workspace";
import { about } from "./cancel-export";
import { keptDays } from "./contract";
import { type MeasuredFile, measureFile } from "./measure-file";
import { type PlannedFile, sealManifest } from "./seal-export";
import { beginAttempt, changeRunning, type ExportRow, endOpen, insertPiece } from "./store";

const pieceBytes = 1024 * 1024;
const dayMs = 86_400_000;

/** Plans the file for the person, with the rights they have now. @throws {AppError} where they may not */
export type PlanFile = (
  person: Ctx,
  asked: Pick<ExportRow, "list" | "query" | "format" | "filename">,
) => Promise<PlannedFile>;

/** Begins anew at each attempt, so that the file is of one piece. */
export async function writeExport(ctx: Ctx, id: string, plan: PlanFile): Promise<void> {
  const row = await ctx.tx((tx) => beginAttempt(tx, id));
  if (!row) return;
  const person = await ctx.asMember({ userId: row.userId, name: row.askedBy });
  try {
    const held = await ctx.tx((tx) => changeRunning(tx, row, { rights: readRightsOf(person) }));
    if (!held) return;
    const planned = await plan(person, row);
    await writePieces(ctx, { row, person, planned, file: measureFile(planned, row.format) });
  } catch (error) {
    if (!(error instanceof AppError) || ["internal", "unavailable"].includes(error.code)) throw error;
    await giveUp(ctx, id, error.message);
  }
}

interface Writing {
  row: ExportRow;
  person: Ctx;
  planned: PlannedFile;
  file: MeasuredFile;
}

async function writePieces(ctx: Ctx, { row, person, planned, file }: Writing): Promise<void> {
  let waiting: Uint8Array[] = [];
  let [part, bytes, size] = [0, 0, 0];
  /** @returns whether there is still somebody to write for */
  const put = () =>
    ctx.tx(async (tx) => {
      bytes += size;
      if (!(await changeRunning(tx, row, { rows: file.rows(), bytes }))) return false;
      await insertPiece(tx, row.id, part, Buffer.concat(waiting));
      await tx.changed("exports", [row.id]);
      [part, waiting, size] = [part + 1, [], 0];
      return true;
    });
  for await (const piece of file.bytes) {
    waiting.push(piece);
    size += piece.length;
    if (size < pieceBytes) continue;
    if (!(await put())) return;
    failpoint("export.piece");
  }
  if (!(await put())) return;
  await person.tx(async (tx) => {
    const endedAt = tx.now();
    const expiresAt = new Date(endedAt.getTime() + keptDays * dayMs);
    const measured = file.end();
    const by = { id: row.userId, name: row.askedBy };
    const sealed = await sealManifest(tx, { id: row.id, by, format: row.format, planned, measured });
    if (!(await changeRunning(tx, row, { state: "done", endedAt, expiresAt, ...sealed }))) return;
    const after = { rows: measured.rows, bytes, format: row.format, sha256: sealed.sha256 };
    await tx.audit({ action: "export.written", ...about(row), after });
    await tx.changed("exports", [row.id]);
  });
}

export async function giveUp(ctx: Ctx, id: string, reason: string): Promise<void> {
  await ctx.tx(async (tx) => {
    const row = await endOpen(tx, id, { state: "failed", reason });
    if (!row) return;
    await tx.audit({ action: "export.failed", ...about(row), after: { reason } });
    await tx.changed("exports", [id]);
  });
}
