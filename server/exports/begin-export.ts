// From the wish for a file to the job that writes it.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { requirePerson } from "../identity";
import { type Export, mostOpen } from "./contract";
import { toExport } from "./list-exports";
import { countOpen, insertExport, type NewExport } from "./store";

export const writeExportName = "exports.write";

/** @throws {AppError} conflict, where the person waits for too many already */
export async function beginExport(tx: TxCtx, asked: Omit<NewExport, "userId" | "askedBy">): Promise<Export> {
  const { userId, name } = requirePerson(tx);
  if ((await countOpen(tx, userId)) >= mostOpen) {
    throw new AppError("conflict", `${mostOpen} of your exports are not written yet.`, {
      remedy: "Wait for one of them, or cancel it under Exports.",
    });
  }
  const row = await insertExport(tx, { userId, askedBy: name, ...asked });
  await tx.enqueue(
    writeExportName,
    { id: row.id },
    { key: `export:${row.id}`, queue: `exports:${userId}`, maxAttempts: 5 },
  );
  await tx.changed("exports", [row.id]);
  return toExport(tx, row);
}
