// Boot: environment -> database -> Amazon client -> http and/or scheduler and worker.
import type { ServerBuild } from "@remix-run/node";
import { startRefreshService } from "./connections";
import { systemContext } from "./context";
import { EnvError, loadEnv } from "./core/env";
import { AppError } from "./core/errors";
import { startTicker } from "./core/jobs/ticker";
import { startWorker } from "./core/jobs/worker";
import { createLog, type Log } from "./core/log";
import { startHttp } from "./http";
import { ticks } from "./jobs";
import { requireKeys } from "./lost-keys";
import { runOps } from "./ops";
import { openProduct, type Product } from "./product";

type Stop = () => Promise<void>;

async function serve(): Promise<void> {
  const env = loadEnv(process.env);
  const log = createLog(env.logLevel);
  const stops: Stop[] = [];
  const opening = openProduct({ env, log });
  stopOnSignal(opening, stops, log);
  const product = await opening;
  try {
    await requireKeys(product);
    if (env.role !== "worker") {
      // Only who serves pages loads what draws them: a worker or an operator's command starts in a fraction of the time.
      const build = (await import("@remix-run/dev/server-build")) as unknown as ServerBuild;
      const http = await startHttp(product, build);
      stops.push(() => http.stop());
    }
    if (env.role !== "web") stops.push(...(await startBackground(product)));
  } catch (error) {
    await product.close();
    throw error;
  }
  log.info({ role: env.role, port: env.port, amazon: env.amazon.environment }, "started");
}

async function startBackground(product: Product): Promise<Stop[]> {
  const { database, log, jobs, ownerUrl } = product;
  const worker = await startWorker({
    ownerUrl,
    database,
    jobs,
    log,
    heartbeatMs: product.env.heartbeatSeconds * 1000,
    context: async (agencyId, job, requestId) => systemContext(product, { agencyId, job, requestId }),
  });
  const ticker = startTicker({
    database,
    ticks,
    log,
    context: async (agencyId, job) => systemContext(product, { agencyId, job }),
  });
  const refreshes = startRefreshService({
    database,
    log,
    amazon: product.services.amazon,
    context: (agencyId) => systemContext(product, { agencyId, job: "connections.refresh" }),
  });
  return [() => ticker.stop(), () => refreshes.stop(), () => worker.stop()];
}

/**
 * SIGTERM and SIGINT drain: no new work, requests under way finish, jobs are handed back, then the database is let go.
 * Listens from the first moment: a start that is broken off stops the embedded database too.
 */
function stopOnSignal(opening: Promise<Product>, stops: Stop[], log: Log): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    const product = await opening.catch(() => null);
    await Promise.allSettled(stops.map((each) => each()));
    await product?.close().catch((error) => log.warn({ err: error }, "database not closed cleanly"));
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
}

function fail(error: unknown): never {
  if (error instanceof EnvError) process.stderr.write(`${error.message}\n`);
  else if (error instanceof AppError)
    process.stderr.write(`${[error.message, error.remedy].filter(Boolean).join("\n")}\n`);
  else createLog("error").fatal({ err: error }, "could not start");
  process.exit(1);
}

// Node itself would print an error with all that hangs on it.
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
const start = process.argv[2] === "ops" ? runOps(process.argv.slice(3)) : serve();
start.catch(fail);
