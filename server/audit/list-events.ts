import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import type { AuditEvent } from "./contract";
import { withoutMoney } from "./redact-money";
import { type EventRow, findEvent, selectEvents } from "./store";

/** Newest first. Who sees some brands only, sees the events of those brands only. */
export async function listAuditEvents(tx: TxCtx, query: ListQuery): Promise<ListResult<AuditEvent>> {
  const { rows, total } = await selectEvents(tx, query);
  return { total, items: rows.map((row) => withoutMoney(tx, toEvent(row))) };
}

/** @throws {AppError} not_found */
export async function getAuditEvent(tx: TxCtx, id: string): Promise<AuditEvent> {
  const row = await findEvent(tx, id);
  if (!row) throw notFound("This event");
  return withoutMoney(tx, toEvent(row));
}

const toEvent = ({ at, before, after, ...row }: EventRow): AuditEvent => ({
  ...row,
  at: at.toISOString(),
  before: before as AuditEvent["before"],
  after: after as AuditEvent["after"],
});
