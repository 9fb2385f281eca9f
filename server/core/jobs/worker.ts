// Runs jobs on graphile-worker. A pool that stops writing its heartbeat (kill -9, lost machine) has its jobs unlocked by the others.

import { EventEmitter } from "node:events";
import { sql } from "drizzle-orm";
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { Pool } from "pg";
import { z } from "zod";
import type { Ctx } from "../context";
import { arrayLiteral } from "../db/array-literal";
import type { Database } from "../db/connect";
import type { Log } from "../log";
import type { Job } from "./define";

export interface WorkerOptions {
  ownerUrl: string;
  database: Database;
  jobs: readonly Job[];
  context(agencyId: string, job: string, requestId: string): Promise<Ctx>;
  log: Log;
  concurrency?: number;
  /** Milliseconds between heartbeats; a pool silent for six of them is taken for dead. */
  heartbeatMs?: number;
}

/** Every payload carries the agency, the topic's or job's own input, and the request that asked for it. */
const Payload = z.object({ agencyId: z.uuid(), requestId: z.string(), input: z.unknown() });

export interface RunningWorker {
  stop(): Promise<void>;
}

export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { log, heartbeatMs = 5000 } = options;
  const events = new EventEmitter() as WorkerEvents;
  const pools = new Set<string>();
  events.on("pool:create", ({ workerPool }) => pools.add(workerPool.id));
  const pgPool = new Pool({ connectionString: options.ownerUrl, max: 4, application_name: "tidemark-jobs" });
  const lost = (error: Error) => log.warn({ err: error }, "job engine lost a database connection");
  pgPool.on("error", lost);
  pgPool.on("connect", (client) => client.on("error", lost));
  const runner: Runner = await run({
    pgPool,
    taskList: taskList(options),
    concurrency: options.concurrency ?? 4,
    pollInterval: 1000,
    noHandleSignals: true,
    events,
    logger: new Logger(() => (level, message) => {
      if (level === "error") log.error(message);
    }),
  });
  const beat = () =>
    heartbeat(options.database, pgPool, [...pools], heartbeatMs)
      .then(() => tellGivenUp(options, pgPool))
      .catch((error) => log.warn({ err: error }, "heartbeat failed"));
  await beat();
  const timer = setInterval(beat, heartbeatMs);
  return {
    async stop() {
      clearInterval(timer);
      await runner.stop().catch(() => {});
      await options.database
        .withSystem(({ db }) =>
          db.execute(sql`delete from worker_heartbeats where pool_id = any(${arrayLiteral([...pools])}::text[])`),
        )
        .catch(() => {});
      await pgPool.end().catch(() => {});
    },
  };
}

/** Says that our pools live, then takes the locks from pools that hold a job and have not said so for six beats. */
async function heartbeat(database: Database, owner: Pool, pools: string[], heartbeatMs: number): Promise<void> {
  const lapse = (heartbeatMs * 6) / 1000;
  await database.withSystem(async ({ db }) => {
    for (const id of pools) {
      await db.execute(sql`insert into worker_heartbeats (pool_id) values (${id})
        on conflict (pool_id) do update set seen_at = now()`);
    }
    // Past rows that another process is deleting: it may stand still while it does, and nobody's start may wait for it.
    await db.execute(sql`delete from worker_heartbeats where pool_id in (select pool_id from worker_heartbeats
      where seen_at < now() - make_interval(secs => ${lapse}) for update skip locked)`);
  });
  await owner.query(
    `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs
     where locked_at < now() - make_interval(secs => $1) and locked_by not in (select pool_id from worker_heartbeats)
     having count(*) > 0`,
    [lapse],
  );
}

/** Jobs whose attempts are used up are told so once, then forgotten. */
async function tellGivenUp({ jobs, context, log }: WorkerOptions, owner: Pool): Promise<void> {
  const names = jobs.flatMap(({ name, gaveUp }) => (gaveUp ? [name] : []));
  const { rows } = await owner.query<{ id: string; name: string; payload: unknown }>(
    `select j.id::text, t.identifier as name, j.payload
     from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = any($1) and j.attempts >= j.max_attempts and j.locked_at is null order by j.id limit 50`,
    [names],
  );
  for (const { id, name, payload } of rows) {
    const job = jobs.find((one) => one.name === name);
    const { agencyId, requestId, input } = Payload.parse(payload);
    log.error({ job: name, agencyId, requestId }, "job given up");
    await job?.gaveUp?.(await context(agencyId, name, requestId), job.input.parse(input));
    await owner.query("select graphile_worker.complete_jobs(array[$1::bigint])", [id]);
  }
}

function taskList(options: WorkerOptions): TaskList {
  const tasks: TaskList = {};
  for (const job of options.jobs) {
    tasks[job.name] = async (payload, helpers) => {
      const { agencyId, requestId, input } = Payload.parse(payload);
      const ctx = await options.context(agencyId, job.name, requestId);
      try {
        await job.run(ctx, job.input.parse(input));
      } catch (error) {
        ctx.log.error({ err: error, job: job.name, attempt: helpers.job.attempts }, "job failed");
        throw error;
      }
    };
  }
  return tasks;
}
