// Reads the chain; it is written by the database itself (server/core/db/audit-chain.ts).
import { and, asc, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { eventText, sha256Hex } from "../core/db/audit-chain";
import type { Scope } from "../core/db/connect";
import type { ListQuery } from "../core/query";
import { genesis } from "./canonical";
import type { Link, Place } from "./check-chain";
import { matching } from "./store";
import { auditCheckpoints, auditEvents, auditHeads, auditLinks, signingKeys } from "./tables";

export type CheckpointRow = typeof auditCheckpoints.$inferSelect;
export type SigningKeyRow = typeof signingKeys.$inferSelect;

const batch = 2000;
const text = sql.raw(eventText("audit_events"));

export async function findHead(tx: TxCtx): Promise<Place | null> {
  const [row] = await tx.db.select().from(auditHeads).where(eq(auditHeads.agencyId, tx.agencyId));
  return row ? { seq: row.seq, hash: row.hash } : null;
}

/** Where the chain begins: at its first event, or after the last one that retention removed. */
export async function findStart(tx: TxCtx): Promise<Place & { at: Date | null }> {
  const [row] = await tx.db
    .select()
    .from(auditCheckpoints)
    .where(and(eq(auditCheckpoints.agencyId, tx.agencyId), isNotNull(auditCheckpoints.prunedAt)))
    .orderBy(desc(auditCheckpoints.seq))
    .limit(1);
  return row ? { seq: row.seq, hash: row.hash, at: row.at } : { ...genesis, at: null };
}

/** The links after a place up to another, with their events' texts, as one look at the database. */
export async function* linksBetween(tx: TxCtx, after: number, upTo: number): AsyncGenerator<Link> {
  const query = tx.db
    .select({
      seq: auditLinks.seq,
      hash: auditLinks.hash,
      eventId: auditLinks.eventId,
      id: auditEvents.id,
      text: sql`${text}`,
    })
    .from(auditLinks)
    .leftJoin(auditEvents, eventOfLink)
    .where(and(eq(auditLinks.agencyId, tx.agencyId), between(after, upTo)))
    .orderBy(asc(auditLinks.seq));
  const { sql: words, params } = query.toSQL();
  // By place: two columns are called id.
  for await (const rows of tx.sql
    .unsafe(words, params as never[])
    .values()
    .cursor(batch)) {
    for (const [seq, hash, eventId, id, body] of rows as [string, string, string, string | null, string][]) {
      yield { seq: Number(seq), hash, eventId, text: id === null ? null : body };
    }
  }
}

const eventOfLink = and(eq(auditEvents.agencyId, auditLinks.agencyId), eq(auditEvents.id, auditLinks.eventId));
const between = (after: number, upTo: number) => sql`${auditLinks.seq} > ${after} and ${auditLinks.seq} <= ${upTo}`;

/** Events that no link leads to, at most so many. */
export async function unlinkedEvents(tx: TxCtx, limit: number): Promise<string[]> {
  const rows = await tx.db
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .leftJoin(auditLinks, eventOfLink)
    .where(and(eq(auditEvents.agencyId, tx.agencyId), sql`${auditLinks.seq} is null`))
    .limit(limit);
  return rows.map(({ id }) => id);
}

export interface ExportedLink extends Link {
  /** Does the query match the event? Only then there is its text, else its digest. */
  matches: boolean;
}

/** Some links after a place, in the chain's order; each read is a transaction of its own, so that a slow reader holds none. */
export async function exportedLinks(
  tx: TxCtx,
  query: ListQuery,
  span: { after: number; upTo: number; limit: number },
): Promise<ExportedLink[]> {
  const matches = sql<boolean>`coalesce((${matching(tx, query)}), false)`;
  const rows = await tx.db
    .select({
      seq: auditLinks.seq,
      hash: auditLinks.hash,
      eventId: auditLinks.eventId,
      matches,
      text: sql<string | null>`case when ${matches} then ${text} end`,
      digest: sql<string | null>`case when not ${matches} then ${sql.raw(sha256Hex(eventText("audit_events")))} end`,
    })
    .from(auditLinks)
    .innerJoin(auditEvents, eventOfLink)
    .where(and(eq(auditLinks.agencyId, tx.agencyId), between(span.after, span.upTo)))
    .orderBy(asc(auditLinks.seq))
    .limit(span.limit);
  return rows.map(({ digest, ...link }) => (digest === null ? link : { ...link, digest }));
}

/** The place before the first event that the query matches; null where it matches none. */
export async function firstMatch(tx: TxCtx, query: ListQuery): Promise<number | null> {
  const [row] = await tx.db
    .select({ seq: sql<string | null>`min(${auditLinks.seq})` })
    .from(auditLinks)
    .innerJoin(auditEvents, eventOfLink)
    .where(and(eq(auditLinks.agencyId, tx.agencyId), matching(tx, query)));
  return row?.seq === null || row === undefined ? null : Number(row.seq);
}

export async function selectCheckpoints(tx: TxCtx): Promise<CheckpointRow[]> {
  return tx.db
    .select()
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.agencyId, tx.agencyId))
    .orderBy(asc(auditCheckpoints.seq));
}

/** @returns false where another process was first */
export async function insertCheckpoint(tx: TxCtx, row: Omit<CheckpointRow, "prunedAt">): Promise<boolean> {
  const added = await tx.db.insert(auditCheckpoints).values(row).onConflictDoNothing().returning();
  return added.length > 0;
}

/** Agencies that have a checkpoint, also those that are gone. Needs the system scope. */
export async function checkpointedAgencies(scope: Scope): Promise<string[]> {
  const rows = await scope.db.selectDistinct({ agencyId: auditCheckpoints.agencyId }).from(auditCheckpoints);
  return rows.map(({ agencyId }) => agencyId);
}

/** Newest first. */
export const selectSigningKeys = (scope: Scope): Promise<SigningKeyRow[]> =>
  scope.db.select().from(signingKeys).orderBy(desc(signingKeys.createdAt), asc(signingKeys.id));

export async function insertSigningKey(scope: Scope, row: SigningKeyRow): Promise<void> {
  await scope.db.insert(signingKeys).values(row);
}

export async function resealSigningKey(scope: Scope, id: string, privateKey: string): Promise<void> {
  await scope.db.update(signingKeys).set({ privateKey }).where(eq(signingKeys.id, id));
}

/** One process at a time makes a signing key; until the transaction ends. */
export async function lockSigningKeys(scope: Scope): Promise<void> {
  await scope.db.execute(sql`select pg_advisory_xact_lock(hashtext('tidemark audit signing keys'))`);
}

/** @returns how many events went */
export async function pruneEvents(tx: TxCtx, before: Date): Promise<number> {
  const [row] = await tx.db.execute<{ removed: string }>(
    sql`select tidemark_prune_audit(${before.toISOString()}::timestamptz) as removed`,
  );
  return Number(row?.removed ?? 0);
}
