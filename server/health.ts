// Three answers to "is it well": the process lives, the process can serve, the business runs.
import { sql } from "drizzle-orm";
import { listConnections } from "./connections";
import type { Ctx, TxCtx } from "./core/context";
import type { Database } from "./core/db/connect";
import { requireRead, wholeList } from "./core/query";
import { listSyncStatus } from "./insights";

export interface Readiness {
  ready: boolean;
  database: "ok" | "away";
  draining: boolean;
}

const patienceMs = 1500;

/** Never hangs: a database that does not answer in 1.5 s counts as away. */
export async function checkReadiness(database: Database, draining: boolean): Promise<Readiness> {
  const answered = await withinPatience(database.pool`select 1`.then(() => true));
  return { ready: answered && !draining, database: answered ? "ok" : "away", draining };
}

export interface WorkerHealth {
  pools: number;
  /** Seconds since the last heartbeat of any worker; null where none ever ran. */
  lastSeenSeconds: number | null;
}

export async function workerHealth(database: Database): Promise<WorkerHealth> {
  const [row] = await database.withSystem(({ db }) =>
    db.execute<{ pools: number; seconds: number | null }>(
      sql`select count(*)::int as pools, extract(epoch from now() - max(seen_at))::int as seconds from worker_heartbeats`,
    ),
  );
  return { pools: row?.pools ?? 0, lastSeenSeconds: row?.seconds ?? null };
}

/** Everything an operator of the product asks, for one agency. */
export async function readHealth(database: Database, ctx: Ctx, draining = false): Promise<Health> {
  requireRead(ctx, "health.read", "anyBrand");
  const [readiness, workers, business] = await Promise.all([
    checkReadiness(database, draining),
    workerHealth(database),
    ctx.tx(businessHealth),
  ]);
  return { ...readiness, workers, ...business };
}

export interface Health extends Readiness, BusinessHealth {
  workers: WorkerHealth;
}

export interface BusinessHealth {
  /** Connections and accounts that are not as they should be, and why. */
  attention: { what: "connection" | "account"; id: string; name: string; state: string; reason: string | null }[];
  accounts: number;
  connections: number;
}

/** More than an agency has: what needs attention may stand anywhere in the list. */
const mostShown = 100_000;
const wellStates = ["healthy", "disconnected", "current", "waiting", "backfilling"];

/** Whose data is stale and why, within one agency. */
export async function businessHealth(tx: TxCtx): Promise<BusinessHealth> {
  const connections = await listConnections(tx, wholeList(mostShown));
  const accounts = await listSyncStatus(tx, wholeList(mostShown));
  const all = [
    ...connections.items.map(({ id, amazonUserName: name, state, stateReason: reason }) => ({
      what: "connection" as const,
      id,
      name,
      state,
      reason,
    })),
    ...accounts.items.map(({ id, name, state, note: reason }) => ({
      what: "account" as const,
      id,
      name,
      state,
      reason,
    })),
  ];
  return {
    attention: all.filter(({ state }) => !wellStates.includes(state)),
    accounts: accounts.total,
    connections: connections.total,
  };
}

async function withinPatience(answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((done) => {
    timer = setTimeout(() => done(false), patienceMs);
  });
  try {
    return await Promise.race([answer.catch(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
