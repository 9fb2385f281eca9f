import type { Ctx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { requirePerson } from "../identity";
import { stillReads } from "../workspace";
import { about } from "./cancel-export";
import { ownExport } from "./list-exports";
import { findPiece } from "./store";

export interface Download {
  filename: string;
  text: AsyncIterable<string>;
}

/** To the person it was written for, as long as they may still see all that was shown to them then. */
export async function downloadExport(ctx: Ctx, id: string): Promise<Download> {
  const row = await ctx.tx(async (tx) => {
    requirePerson(tx);
    const found = await ownExport(tx, id);
    const isThere = found.state === "done" && found.expiresAt !== null && found.expiresAt > tx.now();
    if (!isThere) throw notFound("This file");
    if (!stillReads(tx, found.rights)) throw mayLess();
    await tx.audit({ action: "export.downloaded", ...about(found) });
    return found;
  });
  return { filename: row.filename, text: piecesOf(ctx, id) };
}

async function* piecesOf(ctx: Ctx, id: string): AsyncGenerator<string> {
  for (let part = 0; ; part++) {
    const piece = await ctx.tx((tx) => findPiece(tx, id, part));
    if (piece === null) return;
    yield piece;
  }
}

const mayLess = () =>
  new AppError("forbidden", "You may see less now than when this file was written.", {
    remedy: "Export the list again: the new file holds what you may see.",
  });
