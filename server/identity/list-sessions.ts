import type { TxCtx } from "../core/context";
import type { ListQuery, ListResult } from "../core/query";
import { requirePerson } from "./actor";
import type { OwnSession } from "./contract";
import { deviceName } from "./device";
import { selectSessions } from "./store";

/** The viewer's own sessions that are still good, last used first. */
export async function listOwnSessions(ctx: TxCtx, query: ListQuery): Promise<ListResult<OwnSession>> {
  const person = requirePerson(ctx);
  const rows = await selectSessions(ctx, person.userId);
  const items = rows.map((row) => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    seenAt: row.seenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    device: deviceName(row.userAgent),
    ip: row.ip,
    current: row.id === person.sessionId,
  }));
  return { total: items.length, items: items.slice(query.start, query.start + query.limit) };
}
