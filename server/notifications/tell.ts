import { randomUUID } from "node:crypto";
import type { TxCtx } from "../core/context";
import { channels } from "./channels";
import { insertDelivery, type Lane, lastSentAt, nextAskedAt } from "./delivery-store";
import { insertMessage } from "./message-store";
import type { News } from "./news";
import { dueAt, gatherMs } from "./next-batch";
import { findAddressee } from "./preference-store";

/** Puts the news into a person's inbox, and on its way through the channels they want, in this transaction; once. */
export async function tell(tx: TxCtx, userId: string, news: News): Promise<void> {
  const messageId = await insertMessage(tx, userId, news);
  if (!messageId) return;
  await tx.changed("messages", [messageId]);
  const person = await findAddressee(tx, userId);
  const createdAt = tx.now();
  for (const { id: channel, isReady } of channels) {
    if (!isReady(tx.services) || !person?.wanted[channel]) continue;
    const id = randomUUID();
    const externalId = `${id}@${new URL(tx.services.publicUrl).hostname}`;
    const nextAt = new Date(createdAt.getTime() + gatherMs);
    await insertDelivery(tx, { id, messageId, userId, channel, externalId, createdAt, nextAt });
    await scheduleNext(tx, { userId, channel });
  }
}

export const deliverJobName = "notifications.deliver";

/**
 * One job a lane waits at the moment its next mail is due. It is worked out from all that waits, so that a steady stream of
 * messages does not push it away.
 */
export async function scheduleNext(tx: TxCtx, lane: Lane): Promise<void> {
  const asked = await nextAskedAt(tx, lane);
  if (!asked) return;
  const name = `deliver:${lane.channel}:${lane.userId}`;
  const runAt = dueAt(asked, await lastSentAt(tx, lane));
  await tx.enqueue(deliverJobName, lane, { runAt, key: name, queue: name });
}
