// node-schedule as the tick only: what is due is decided by rows, so that any number of processes may tick at once.

import { sql } from "drizzle-orm";
import schedule from "node-schedule";
import type { Ctx } from "../context";
import type { Database } from "../db/connect";
import type { Log } from "../log";
import type { Tick } from "./define";

export interface TickerOptions {
  database: Database;
  ticks: readonly Tick[];
  context(agencyId: string, job: string): Promise<Ctx>;
  log: Log;
}

/** Runs every tick for every agency; a tick that is still running is not started again. */
export function startTicker(options: TickerOptions): { stop(): Promise<void> } {
  const running = new Map<string, Promise<void>>();
  const jobs = options.ticks.map((tick) =>
    schedule.scheduleJob(tick.rule, () => {
      if (running.has(tick.name)) return;
      running.set(
        tick.name,
        runTick(options, tick).finally(() => running.delete(tick.name)),
      );
    }),
  );
  return {
    async stop() {
      for (const job of jobs) job?.cancel();
      await Promise.all(running.values());
    },
  };
}

/** One pass of one tick over all agencies. */
export async function runTick(options: TickerOptions, tick: Tick): Promise<void> {
  try {
    const rows = await options.database.withSystem(({ db }) =>
      db.execute<{ id: string }>(sql`select id from agencies order by id`),
    );
    for (const { id } of rows) {
      const ctx = await options.context(id, tick.name);
      await tick
        .run(ctx)
        .catch((error) => options.log.error({ err: error, tick: tick.name, agencyId: id }, "tick failed"));
    }
  } catch (error) {
    options.log.warn({ err: error, tick: tick.name }, "tick could not start");
  }
}
