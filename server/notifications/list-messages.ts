import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import { requirePerson } from "../identity";
import type { Message } from "./contract";
import { findMessage, type MessageRow, selectMessages } from "./message-store";

/** One's own messages, newest first. */
export async function listMessages(tx: TxCtx, query: ListQuery): Promise<ListResult<Message>> {
  const { rows, total } = await selectMessages(tx, requirePerson(tx).userId, query);
  return { items: rows.map(show), total };
}

/** @throws {AppError} not_found, also for the message of somebody else */
export async function getMessage(tx: TxCtx, id: string): Promise<Message> {
  const row = await findMessage(tx, requirePerson(tx).userId, id);
  if (!row) throw notFound("The message");
  return show(row);
}

const show = ({ agencyId, userId, dedupeKey, createdAt, readAt, ...row }: MessageRow): Message => ({
  ...row,
  createdAt: createdAt.toISOString(),
  readAt: readAt?.toISOString() ?? null,
});
