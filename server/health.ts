// Three answers to "is it well": the process lives, the process can serve, the business runs.
import { sql } from "drizzle-orm";
import { closedTokenHosts, listConnections } from "./connections";
import { regionNames } from "./connections/contract";
import type { Ctx, TxCtx } from "./core/context";
import type { Database } from "./core/db/connect";
import { requireRead, wholeList } from "./core/query";
import { listSyncStatus } from "./insights";
import { failedDeliveries } from "./notifications";

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

/** What is not as it should be, and why. */
export interface Attention {
  /** `token_host`: where tokens come from. `delivery`: a message that could not be sent. */
  what: "connection" | "account" | "token_host" | "delivery";
  id: string;
  name: string;
  state: string;
  reason: string | null;
  /** ISO 8601 in UTC; null: not known. */
  since: string | null;
}

export interface BusinessHealth {
  attention: Attention[];
  accounts: number;
  connections: number;
}

/** More than an agency has: what needs attention may stand anywhere in the list. */
const mostShown = 100_000;
const wellStates = ["healthy", "disconnected", "current", "waiting", "backfilling"];

/** Whose data is stale and why, where tokens cannot be had, and who could not be told, within one agency. */
export async function businessHealth(tx: TxCtx): Promise<BusinessHealth> {
  const connections = await listConnections(tx, wholeList(mostShown));
  const accounts = await listSyncStatus(tx, wholeList(mostShown));
  const unwell = ({ state }: { state: string }) => !wellStates.includes(state);
  return {
    attention: [
      ...(await closedHosts(tx)),
      ...connections.items
        .filter(unwell)
        .map(({ id, amazonUserName: name, state, stateReason: reason, stateSince: since }) => ({
          what: "connection" as const,
          id,
          name,
          state,
          reason,
          since,
        })),
      ...accounts.items.filter(unwell).map(({ id, name, state, note: reason }) => ({
        what: "account" as const,
        id,
        name,
        state,
        reason,
        since: null,
      })),
      ...(await unsentMail(tx)),
    ],
    accounts: accounts.total,
    connections: connections.total,
  };
}

async function closedHosts(tx: TxCtx): Promise<Attention[]> {
  const hosts = await closedTokenHosts(tx);
  return hosts.map(({ regions, cause, reason, remedy, since }) => ({
    what: "token_host",
    id: regions.join("-"),
    name: `Tokens of ${regions.map((region) => regionNames[region]).join(", ")}`,
    state: cause,
    reason: `${reason} ${remedy}`,
    since,
  }));
}

async function unsentMail(tx: TxCtx): Promise<Attention[]> {
  const failed = await failedDeliveries(tx);
  return failed.map(({ id, person, title, note }) => ({
    what: "delivery",
    id,
    name: `Mail to ${person}`,
    state: "unsent",
    reason: [`"${title}" is in the inbox, unread.`, note].filter(Boolean).join(" "),
    since: null,
  }));
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
