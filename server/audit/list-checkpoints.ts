import type { TxCtx } from "../core/context";
import { type ListQuery, type ListResult, requireRead } from "../core/query";
import { selectCheckpoints, selectSigningKeys } from "./chain-store";
import type { AuditCheckpoint } from "./contract";

/** Newest first, each with the public key that proves it. */
export async function listCheckpoints(tx: TxCtx, query: ListQuery): Promise<ListResult<AuditCheckpoint>> {
  requireRead(tx, "audit.read");
  const [rows, keys] = [await selectCheckpoints(tx), await selectSigningKeys(tx)];
  const publicKeys = new Map(keys.map(({ id, publicKey }) => [id, publicKey]));
  const items = rows.reverse().slice(query.start, query.start + query.limit);
  return {
    total: rows.length,
    items: items.map(({ agencyId: _, at, prunedAt, ...row }) => ({
      ...row,
      id: String(row.seq),
      at: at.toISOString(),
      publicKey: publicKeys.get(row.keyId) ?? "",
      prunedAt: prunedAt?.toISOString() ?? null,
    })),
  };
}
