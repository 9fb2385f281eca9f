import type { Ctx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { requirePerson } from "../identity";
import { stillReads } from "../workspace";
import { about } from "./cancel-export";
import { formats } from "./formats";
import { isKept, ownExport } from "./list-exports";
import type { Receipt } from "./manifest-contract";
import { findPiece } from "./store";

export interface Download {
  filename: string;
  type: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** To the person it was written for, as long as they may still see all that was shown to them then. */
export async function downloadExport(ctx: Ctx, id: string): Promise<Download> {
  const row = await ctx.tx(async (tx) => {
    requirePerson(tx);
    const found = await ownExport(tx, id);
    if (!isKept(tx, found)) throw notFound("This file");
    if (!stillReads(tx, found.rights)) throw mayLess();
    await tx.audit({ action: "export.downloaded", ...about(found) });
    return found;
  });
  return { filename: row.filename, type: formats[row.format].mime, bytes: piecesOf(ctx, id) };
}

/** Also when the file itself is gone. */
export async function downloadReceipt(ctx: Ctx, id: string): Promise<Download> {
  const { filename, manifest, signed } = await ctx.tx((tx) => ownExport(tx, id));
  if (!manifest || !signed) throw notFound("This receipt");
  const receipt: Receipt = { manifest, ...signed };
  const bytes = (async function* () {
    yield Buffer.from(`${JSON.stringify(receipt, null, 2)}\n`);
  })();
  return { filename: `${filename}.receipt.json`, type: "application/json; charset=utf-8", bytes };
}

async function* piecesOf(ctx: Ctx, id: string): AsyncGenerator<Uint8Array> {
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
