import { appendAudit } from "../audit";
import type { Actor, TxCtx } from "../core/context";
import { brandsOfSet, changeSet, countStates, lockSet } from "./change-store";

/** Ends a set of which nothing waits any more. Whoever stores an outcome calls this in the same transaction. */
export async function endIfOver(tx: TxCtx, id: string, actor: Actor): Promise<void> {
  const set = await lockSet(tx, id);
  if (set?.state !== "applying") return;
  const counts = await countStates(tx, id);
  const { waiting = 0, sending = 0, applied = 0, refused = 0, unsure = 0, skipped = 0 } = counts;
  if (waiting + sending > 0) return;
  const others = refused + unsure + skipped;
  const state = others === 0 ? "applied" : applied > 0 ? "partly" : "failed";
  await changeSet(tx, id, { state, endedAt: tx.now() });
  await tx.changed("change-sets", [id]);
  const brandIds = await brandsOfSet(tx, id);
  const brandId = brandIds.length === 1 ? (brandIds[0] ?? null) : null;
  const target = { type: "change-set", id, ...(set.note ? { label: set.note.slice(0, 120) } : {}) };
  await appendAudit({ ...tx, actor }, tx.db, {
    action: "change-set.ended",
    target,
    brandId,
    after: { state, ...counts },
  });
}
