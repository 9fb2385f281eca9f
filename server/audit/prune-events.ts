import type { Ctx } from "../core/context";
import { AppError } from "../core/errors";
import { findStart, pruneEvents } from "./chain-store";
import { retentionFloorDays } from "./contract";

/** Removes events older than the agency keeps them, up to a signed checkpoint: the chain is proved from there on. @returns how many */
export async function pruneAudit(ctx: Ctx, days: number): Promise<number> {
  if (days < retentionFloorDays)
    throw new AppError("precondition", `Events are kept for ${retentionFloorDays} days at least.`);
  return ctx.tx(async (tx) => {
    const before = new Date(tx.now().getTime() - days * 24 * 3_600_000);
    const removed = await pruneEvents(tx, before);
    if (removed === 0) return 0;
    await tx.audit({
      action: "audit.pruned",
      target: { type: "audit", id: tx.agencyId, label: "Audit log" },
      after: { events: removed, upTo: (await findStart(tx)).seq, olderThanDays: days },
    });
    return removed;
  });
}
