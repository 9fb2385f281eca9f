// What the refresh service asks of an agency's connections as a whole.
import { and, eq, gt, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { dbNow, dbNowPlus } from "../core/db/clock";
import type { Scope } from "../core/db/connect";
import { type ConnectionRow, usable } from "./connection-store";
import type { Region } from "./contract";
import { type GateRow, readGates } from "./gate-store";
import { ofConnection } from "./grant-store";
import { connections, grants } from "./tables";

/** Days before the end of a consent on which its owner is told, the nearest that has come; null before the first. */
const noticeDue: SQL<number | null> = sql`case
  when ${connections.consentExpiresAt} <= ${dbNow} + interval '1 day' then 1
  when ${connections.consentExpiresAt} <= ${dbNow} + interval '7 days' then 7
  when ${connections.consentExpiresAt} <= ${dbNow} + interval '14 days' then 14
  when ${connections.consentExpiresAt} <= ${dbNow} + interval '30 days' then 30 end`;
const untold = and(
  isNotNull(noticeDue),
  or(isNull(connections.consentNotice), gt(connections.consentNotice, sql`${noticeDue}`)),
);

/** Processes that run jobs and refreshes. */
const workersNow = sql<number>`(select count(*)::int from worker_heartbeats)`;

/** What the refresh service starts each round from. */
export interface Round {
  /** The database's clock. */
  now: Date;
  agencies: string[];
  workers: number;
  gates: GateRow[];
}

export async function readRound({ db }: Pick<Scope, "db">, keys: readonly string[]): Promise<Round> {
  const standing = db.execute<{ now: string; workers: number; agencies: string[] | null }>(sql`
    select ${dbNow} as now, ${workersNow} as workers,
      (select array_agg(id::text order by id) from agencies) as agencies`);
  const [[round], gates] = await Promise.all([standing, readGates({ db }, keys)]);
  return {
    now: new Date(round?.now ?? 0),
    agencies: round?.agencies ?? [],
    workers: round?.workers ?? 0,
    gates,
  };
}

export async function countWorkers({ db }: Pick<Scope, "db">): Promise<number> {
  const [row] = await db.execute<{ workers: number }>(sql`select ${workersNow} as workers`);
  return row?.workers ?? 0;
}

export interface Outlook {
  now: Date;
  /** When the next grant is due, as far as nobody renews it before; null where there is none. */
  due: Date | null;
  /** Consents of whose end notice is to be given. */
  notices: boolean;
}

export async function readOutlook(tx: TxCtx): Promise<Outlook> {
  const due = sql`greatest(coalesce(${grants.renewAt}, ${dbNow}), ${grants.retryAt}, ${grants.leaseUntil})`;
  const [row] = await tx.db
    .select({
      now: dbNow,
      due: sql<Date | null>`min(${due})`.mapWith(grants.renewAt),
      notices: sql<boolean>`coalesce(bool_or(${untold}), false)`,
    })
    .from(grants)
    .innerJoin(connections, ofConnection)
    .where(and(eq(grants.agencyId, tx.agencyId), isNotNull(grants.refreshToken), usable));
  if (!row) throw new Error("An aggregate without a row.");
  return row;
}

/** Connections that pass for well, in regions where no token can be had, whose token ends soon. */
export async function staleConnections(tx: TxCtx, regions: readonly Region[], withinMs: number): Promise<string[]> {
  const rows = await tx.db
    .select({ id: connections.id })
    .from(grants)
    .innerJoin(connections, ofConnection)
    .where(
      and(
        eq(grants.agencyId, tx.agencyId),
        isNotNull(grants.refreshToken),
        inArray(connections.state, ["healthy", "expiring"]),
        inArray(connections.region, [...regions]),
        or(isNull(grants.accessExpiresAt), lt(grants.accessExpiresAt, dbNowPlus(withinMs))),
      ),
    );
  return rows.map(({ id }) => id);
}

/** Marks the notices that are due as given. @returns the connections, as marked */
export async function takeNotices(tx: TxCtx): Promise<ConnectionRow[]> {
  const due = and(eq(connections.agencyId, tx.agencyId), usable, untold);
  // Locked in the order in which everyone locks several.
  await tx.db.select({ id: connections.id }).from(connections).where(due).orderBy(connections.id).for("update");
  return tx.db
    .update(connections)
    .set({ consentNotice: sql`${noticeDue}` })
    .where(due)
    .returning();
}
