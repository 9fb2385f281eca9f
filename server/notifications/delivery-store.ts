// SQL of the outbox: what waits to leave through a channel, what left, what could not.
import { and, asc, desc, eq, inArray, isNull, lt, ne, notExists, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { TxCtx } from "../core/context";
import { users } from "../identity/tables";
import type { ChannelId } from "./contract";
import { deliveries, messages, notificationPreferences } from "./tables";

export type DeliveryRow = typeof deliveries.$inferSelect;

/** One person's deliveries through one channel. */
export interface Lane {
  userId: string;
  channel: ChannelId;
}

const ofLane = (tx: TxCtx, { userId, channel }: Lane) =>
  and(eq(deliveries.agencyId, tx.agencyId), eq(deliveries.userId, userId), eq(deliveries.channel, channel));

const byId = (tx: TxCtx, ids: readonly string[]) =>
  and(eq(deliveries.agencyId, tx.agencyId), inArray(deliveries.id, [...ids]));

export async function insertDelivery(
  tx: TxCtx,
  row: Pick<DeliveryRow, "id" | "messageId" | "userId" | "channel" | "externalId" | "createdAt" | "nextAt">,
): Promise<void> {
  await tx.db.insert(deliveries).values({ agencyId: tx.agencyId, state: "waiting", ...row });
}

/** When the lane's next mail is asked for: what was tried comes before what is new. Null: nothing waits. */
export async function nextAskedAt(tx: TxCtx, lane: Lane): Promise<Date | null> {
  const earliest = (which: SQL) =>
    sql<Date | null>`min(${deliveries.nextAt}) filter (where ${which})`.mapWith(deliveries.nextAt);
  const [row] = await tx.db
    .select({ tried: earliest(sql`${deliveries.attempts} > 0`), fresh: earliest(sql`${deliveries.attempts} = 0`) })
    .from(deliveries)
    .where(and(ofLane(tx, lane), eq(deliveries.state, "waiting")));
  return row?.tried ?? row?.fresh ?? null;
}

/** Oldest first; locked, so that they are counted and moved on by one transaction at a time. */
export const lockWaiting = (tx: TxCtx, lane: Lane): Promise<DeliveryRow[]> =>
  tx.db
    .select()
    .from(deliveries)
    .where(and(ofLane(tx, lane), eq(deliveries.state, "waiting")))
    .orderBy(asc(deliveries.createdAt), asc(deliveries.id))
    .for("update");

export async function lastSentAt(tx: TxCtx, lane: Lane): Promise<Date | null> {
  const [row] = await tx.db
    .select({ sentAt: deliveries.sentAt })
    .from(deliveries)
    .where(and(ofLane(tx, lane), eq(deliveries.state, "sent")))
    .orderBy(desc(deliveries.sentAt))
    .limit(1);
  return row?.sentAt ?? null;
}

export const selectPosted = (tx: TxCtx, messageIds: readonly string[]) =>
  tx.db
    .select({
      signal: messages.signal,
      kind: messages.kind,
      title: messages.title,
      body: messages.body,
      action: messages.action,
    })
    .from(messages)
    .where(and(eq(messages.agencyId, tx.agencyId), inArray(messages.id, [...messageIds])))
    .orderBy(asc(messages.createdAt), asc(messages.id));

/** From now on these are one mail: the same content under the same id, however often it is tried. */
export async function startAttempt(
  tx: TxCtx,
  ids: readonly string[],
  { externalId, nextAt }: { externalId: string; nextAt: Date },
): Promise<void> {
  await tx.db
    .update(deliveries)
    .set({ externalId, nextAt, attempts: sql`${deliveries.attempts} + 1` })
    .where(byId(tx, ids));
}

export async function endAttempt(
  tx: TxCtx,
  ids: readonly string[],
  change: Partial<Pick<DeliveryRow, "state" | "nextAt" | "note" | "sentAt">>,
): Promise<void> {
  await tx.db
    .update(deliveries)
    .set(change)
    .where(and(byId(tx, ids), eq(deliveries.state, "waiting")));
}

/** What waits is not wanted any more; the messages stay in the inbox. */
export async function withdrawWaiting(tx: TxCtx, lane: Lane): Promise<void> {
  await tx.db.delete(deliveries).where(and(ofLane(tx, lane), eq(deliveries.state, "waiting")));
}

/** Lanes with something that should have been tried before the moment. */
export const selectOverdue = (tx: TxCtx, before: Date): Promise<Lane[]> =>
  tx.db
    .selectDistinct({ userId: deliveries.userId, channel: deliveries.channel })
    .from(deliveries)
    .where(and(eq(deliveries.agencyId, tx.agencyId), eq(deliveries.state, "waiting"), lt(deliveries.nextAt, before)));

/** What left, or was given up, before the moment. The messages stay. */
export async function deleteFinished(tx: TxCtx, before: Date): Promise<void> {
  await tx.db
    .delete(deliveries)
    .where(
      and(eq(deliveries.agencyId, tx.agencyId), ne(deliveries.state, "waiting"), lt(deliveries.createdAt, before)),
    );
}

/** Given up, of active people who still want them and have not read the message otherwise; until a later one gets through. */
export function selectFailed(tx: TxCtx) {
  const later = alias(deliveries, "later");
  const gotThrough = tx.db
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.agencyId, deliveries.agencyId),
        eq(later.userId, deliveries.userId),
        eq(later.channel, deliveries.channel),
        eq(later.state, "sent"),
        sql`${later.createdAt} > ${deliveries.createdAt}`,
      ),
    );
  return tx.db
    .select({
      id: deliveries.id,
      person: users.name,
      title: messages.title,
      subject: messages.subject,
      note: deliveries.note,
    })
    .from(deliveries)
    .innerJoin(messages, and(eq(messages.agencyId, deliveries.agencyId), eq(messages.id, deliveries.messageId)))
    .innerJoin(users, and(eq(users.agencyId, deliveries.agencyId), eq(users.id, deliveries.userId)))
    .leftJoin(
      notificationPreferences,
      and(
        eq(notificationPreferences.agencyId, deliveries.agencyId),
        eq(notificationPreferences.userId, deliveries.userId),
      ),
    )
    .where(
      and(
        eq(deliveries.agencyId, tx.agencyId),
        eq(deliveries.state, "failed"),
        eq(users.state, "active"),
        isNull(messages.readAt),
        sql`coalesce(${notificationPreferences.email}, true)`,
        notExists(gotThrough),
      ),
    )
    .orderBy(asc(deliveries.createdAt));
}
