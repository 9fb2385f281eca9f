// Token hosts that gave no answers lately, or do not accept our client: known to all processes, so that an outage costs a
// probe now and then and not a call for each connection.
import { and, eq, inArray, isNotNull, isNull, lte, sql } from "drizzle-orm";
import { dbNow, dbNowPlus } from "../core/db/clock";
import type { Scope } from "../core/db/connect";
import { tokenGates } from "./tables";

export type GateRow = typeof tokenGates.$inferSelect;
type Db = Pick<Scope, "db">;

/** Failures in a row, of whichever connections, before a host is taken for away. */
export const strikesUntilClosed = 5;
const firstHoldMs = 30_000;
const longestHoldMs = 120_000;
/** A host that refuses our client is asked again about as often as a refused grant. */
const clientHoldMs = 60_000;
/** One caller at a time looks whether the host is back. */
const probeMs = 30_000;

export async function readGates({ db }: Db, keys: readonly string[]): Promise<GateRow[]> {
  return keys.length === 0
    ? []
    : db
        .select()
        .from(tokenGates)
        .where(inArray(tokenGates.key, [...keys]));
}

/** Takes the right to be the one call that finds out whether a closed host is back. */
export async function takeProbe({ db }: Db, key: string): Promise<boolean> {
  const rows = await db
    .update(tokenGates)
    .set({ closedUntil: dbNowPlus(probeMs) })
    .where(and(eq(tokenGates.key, key), isNull(tokenGates.endedAt), lte(tokenGates.closedUntil, dbNow)))
    .returning({ key: tokenGates.key });
  return rows.length > 0;
}

/** Counts a call that got no answer; the host is closed after some of them in a row. */
export async function strikeGate({ db }: Db, key: string, reason: string): Promise<void> {
  const hold = sql`make_interval(secs => least(${firstHoldMs} * 2 ^ greatest(${tokenGates.strikes} + 1 - ${strikesUntilClosed}, 0),
    ${longestHoldMs}) / 1000.0 * (0.9 + random() * 0.2))`;
  await db
    .insert(tokenGates)
    .values({ key, cause: "unavailable", reason, strikes: 1, since: dbNow })
    .onConflictDoUpdate({
      target: tokenGates.key,
      set: {
        strikes: sql`${tokenGates.strikes} + 1`,
        reason: sql`excluded.reason`,
        closedUntil: sql`case when ${tokenGates.strikes} + 1 >= ${strikesUntilClosed} then tidemark_now() + ${hold} end`,
      },
      setWhere: eq(tokenGates.cause, "unavailable"),
    });
}

/** Our client was refused: the same for every host, so none is asked. */
export async function closeForClient({ db }: Db, keys: readonly string[], reason: string): Promise<void> {
  const row = { cause: "client_rejected" as const, reason, closedUntil: dbNowPlus(clientHoldMs), endedAt: null };
  await db
    .insert(tokenGates)
    .values(keys.map((key) => ({ key, ...row, strikes: strikesUntilClosed, since: dbNow })))
    .onConflictDoUpdate({
      target: tokenGates.key,
      set: {
        ...row,
        since: sql`case when ${isCurrentRejection} then ${tokenGates.since} else tidemark_now() end`,
        told: sql`${isCurrentRejection} and ${tokenGates.told}`,
      },
    });
}

const isCurrentRejection = sql`(${tokenGates.cause} = 'client_rejected' and ${tokenGates.endedAt} is null)`;

/** Tokens came from the hosts of `keys`: they are well, and so is our client, which is the same for `all`. */
export async function openGates({ db }: Db, keys: readonly string[], all: readonly string[]): Promise<void> {
  await db.execute(sql`with well as (
      delete from ${tokenGates} where ${inArray(tokenGates.key, [...keys])} and cause = 'unavailable')
    update ${tokenGates} set ended_at = tidemark_now(), told = false, closed_until = null
    where ${inArray(tokenGates.key, [...all])} and cause = 'client_rejected' and ended_at is null`);
}

/** Everyone knows: an ended gate goes, another is not told again. */
export async function gatesTold({ db }: Db, gates: readonly GateRow[]): Promise<void> {
  for (const { key, endedAt } of gates) {
    const same = eq(tokenGates.key, key);
    if (endedAt) await db.delete(tokenGates).where(and(same, isNotNull(tokenGates.endedAt)));
    else
      await db
        .update(tokenGates)
        .set({ told: true })
        .where(and(same, isNull(tokenGates.endedAt)));
  }
}
