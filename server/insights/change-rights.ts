import { forbidden } from "../core/command";
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";

/** @throws {AppError} forbidden where one of the brands may not be written, not_found where it is not even seen */
export function requireWritable(tx: TxCtx, brandIds: readonly (string | null)[]): void {
  for (const brandId of new Set(brandIds)) {
    if (tx.can("campaigns.write", brandId)) continue;
    const seen = tx.brandIds === "all" || (brandId !== null && tx.brandIds.includes(brandId));
    throw seen ? forbidden("campaigns.write") : notFound("The change");
  }
}
