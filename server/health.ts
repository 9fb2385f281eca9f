// Three answers to "is it well": the process lives, the process can serve, the business runs.
import { sql } from "drizzle-orm";
import type { Database } from "./core/db/connect";

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
