// SQL of the inbox: messages of one person, and the people who can be told.
import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import { users } from "../identity/tables";
import { selectMembershipsOf } from "../workspace";
import type { News } from "./news";
import type { Person } from "./recipient";
import { messages } from "./tables";

export type MessageRow = typeof messages.$inferSelect;

/**
 * Adds the message unless anybody was told the same before: then nothing, also where the recipient would be another now.
 * @returns its id, or null
 */
export async function insertMessage(tx: TxCtx, userId: string, news: News): Promise<string | null> {
  const { dedupeKey, at, ...words } = news;
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.agencyId}:${dedupeKey}`}, 0))`);
  const [told] = await tx.db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.agencyId, tx.agencyId), eq(messages.dedupeKey, dedupeKey)))
    .limit(1);
  if (told) return null;
  const [row] = await tx.db
    .insert(messages)
    .values({ agencyId: tx.agencyId, userId, ...words, dedupeKey, createdAt: at ? new Date(at) : tx.now() })
    .returning({ id: messages.id });
  return row?.id ?? null;
}

const ofPerson = (tx: TxCtx, userId: string) => and(eq(messages.agencyId, tx.agencyId), eq(messages.userId, userId));

export async function selectMessages(tx: TxCtx, userId: string, query: ListQuery) {
  const clauses = listClauses(query, {
    fields: {
      id: messages.id,
      kind: messages.kind,
      signal: messages.signal,
      read: messages.readAt,
      createdAt: messages.createdAt,
    },
    order: [desc(messages.createdAt)],
    tie: messages.id,
  });
  const where = and(ofPerson(tx, userId), clauses.where);
  const rows = await tx.db
    .select()
    .from(messages)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(messages).where(where);
  return { rows, total: count?.total ?? 0 };
}

export async function findMessage(tx: TxCtx, userId: string, id: string): Promise<MessageRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await tx.db
    .select()
    .from(messages)
    .where(and(ofPerson(tx, userId), eq(messages.id, id)));
  return row ?? null;
}

/** @returns the ids of the messages that were not so before */
export async function markMessages(
  tx: TxCtx,
  userId: string,
  { id, readAt }: { id?: string; readAt: Date | null },
): Promise<string[]> {
  const changing = readAt ? isNull(messages.readAt) : isNotNull(messages.readAt);
  const rows = await tx.db
    .update(messages)
    .set({ readAt })
    .where(and(ofPerson(tx, userId), id === undefined ? undefined : eq(messages.id, id), changing))
    .returning({ id: messages.id });
  return rows.map((row) => row.id);
}

/** Everybody of the agency with their roles. */
export async function selectPeople(tx: TxCtx): Promise<Person[]> {
  const people = await tx.db
    .select({ id: users.id, name: users.name, state: users.state, createdAt: users.createdAt })
    .from(users)
    .where(eq(users.agencyId, tx.agencyId));
  const roles = await selectMembershipsOf(tx);
  return people.map((person) => ({ ...person, memberships: roles.filter(({ userId }) => userId === person.id) }));
}
