import type { TxCtx } from "../core/context";
import type { ListQuery, ListResult } from "../core/query";
import type { AuditEvent } from "./contract";
import { selectEvents } from "./store";

/** Newest first. Who sees some brands only, sees the events of those brands only. */
export async function listAuditEvents(ctx: TxCtx, query: ListQuery): Promise<ListResult<AuditEvent>> {
  const { rows, total } = await selectEvents(ctx, query);
  return {
    total,
    items: rows.map(({ agencyId: _, at, before, after, ...row }) => ({
      ...row,
      at: at.toISOString(),
      before: before as AuditEvent["before"],
      after: after as AuditEvent["after"],
    })),
  };
}
