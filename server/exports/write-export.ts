// Writes a file piece by piece, each in a transaction of its own: progress shows, and an end can come between any two.
import type { Ctx } from "../core/context";
import { AppError } from "../core/errors";
import { failpoint } from "../core/failpoint";
import { readRightsOf } from "../workspace";
import { about } from "./cancel-export";
import { keptDays } from "./contract";
import { beginAttempt, changeRunning, type ExportRow, endOpen, insertPiece } from "./store";

const pieceBytes = 1024 * 1024;
const dayMs = 86_400_000;

/** The text of a file, and how many rows of it have been read until now. */
export interface FileText {
  text: AsyncIterable<string>;
  rows(): number;
}

/** Makes the text for the person, with the rights they have now. @throws {AppError} where they may not */
export type ReadFile = (person: Ctx, asked: Pick<ExportRow, "list" | "query">) => FileText;

/** Begins anew at each attempt, so that the file is of one piece. */
export async function writeExport(ctx: Ctx, id: string, read: ReadFile): Promise<void> {
  const row = await ctx.tx((tx) => beginAttempt(tx, id));
  if (!row) return;
  const person = await ctx.asMember({ userId: row.userId, name: row.askedBy });
  try {
    const held = await ctx.tx((tx) => changeRunning(tx, row, { rights: readRightsOf(person) }));
    if (held) await writePieces(ctx, { row, person, file: read(person, row) });
  } catch (error) {
    if (!(error instanceof AppError) || ["internal", "unavailable"].includes(error.code)) throw error;
    await giveUp(ctx, id, error.message);
  }
}

interface Writing {
  row: ExportRow;
  person: Ctx;
  file: FileText;
}

async function writePieces(ctx: Ctx, { row, person, file }: Writing): Promise<void> {
  let [part, bytes, waiting] = [0, 0, ""];
  /** @returns whether there is still somebody to write for */
  const put = () =>
    ctx.tx(async (tx) => {
      bytes += Buffer.byteLength(waiting);
      if (!(await changeRunning(tx, row, { rows: file.rows(), bytes }))) return false;
      await insertPiece(tx, row.id, part, waiting);
      await tx.changed("exports", [row.id]);
      [part, waiting] = [part + 1, ""];
      return true;
    });
  for await (const text of file.text) {
    waiting += text;
    if (waiting.length < pieceBytes) continue;
    if (!(await put())) return;
    failpoint("export.piece");
  }
  if (!(await put())) return;
  await person.tx(async (tx) => {
    const endedAt = tx.now();
    const expiresAt = new Date(endedAt.getTime() + keptDays * dayMs);
    if (!(await changeRunning(tx, row, { state: "done", endedAt, expiresAt }))) return;
    await tx.audit({ action: "export.written", ...about(row), after: { rows: file.rows(), bytes } });
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
