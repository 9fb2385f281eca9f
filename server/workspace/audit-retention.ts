// How long the agency keeps its audit events. What is older leaves the log up to a signed checkpoint, so that the rest stays proved.
import { z } from "zod";
import { pruneAudit } from "../audit";
import { retentionFloorDays } from "../audit/contract";
import { command } from "../core/command";
import type { Ctx, TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { requireRead } from "../core/query";
import { type AuditRetention, retentionId } from "./agency-contract";
import { findAuditDays, updateAuditDays } from "./agency-store";

export async function getAuditRetention(tx: TxCtx, id: string): Promise<AuditRetention> {
  requireRead(tx, "agency.read");
  if (id !== retentionId) throw notFound("This record");
  return { id, days: await findAuditDays(tx) };
}

const mostDays = 36_500;

export const changeAuditRetention = command({
  name: "audit-retention.change",
  permission: "agency.write",
  input: z.strictObject({
    id: z.string(),
    days: z
      .number({ error: "Give a number of days." })
      .int("Give whole days.")
      .min(retentionFloorDays, `Keep events for ${retentionFloorDays} days at least.`)
      .max(mostDays, `Keep events for ${mostDays.toLocaleString("en")} days at most.`),
  }),
  async run(tx, { id, days }) {
    if (id !== retentionId) throw notFound("This record");
    const before = await findAuditDays(tx);
    if (before === days) return { result: { id, days }, audit: null };
    if (!(await updateAuditDays(tx, days))) throw new AppError("internal", "The agency is gone.");
    return {
      result: { id, days },
      audit: {
        action: "agency.audit_retention_changed",
        target: { type: "agency", id: tx.agencyId, label: "Retention of audit events" },
        before: { days: before },
        after: { days },
      },
    };
  },
});

/** For the scheduler. */
export async function pruneOldEvents(ctx: Ctx): Promise<void> {
  await pruneAudit(ctx, await ctx.tx(findAuditDays));
}
