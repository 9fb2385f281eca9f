// One question over many instances, or over the past: a run for each instance and window, through the same gate as any other.
import { command } from "../core/command";
import { type AuditEntry, actorName, type TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { admitRuns } from "./admit-runs";
import { insertBatch, insertReuse, stopRunsOf } from "./batch-store";
import type { AmcWindow } from "./contract";
import { ExecutionId, mostRunsOfBatch, StartBatch, type StartedBatch } from "./execution-contract";
import { lockPlaces } from "./execution-store";
import { planRun, questionOf, requireAllowed } from "./guard-run";
import { findInstance, type InstanceRow } from "./instance-store";
import { lintSql } from "./lint-sql";
import { getBatch } from "./list-batches";
import { beginRun } from "./start-execution";
import { enqueueStep } from "./step-job";

const deadlineSeconds = 6 * 3_600;

export const startBatch = command({
  name: "amc-batch.start",
  permission: "amc.write",
  input: StartBatch,
  brandOf: () => "anyBrand",
  run: async (tx, asked) => {
    const instances = await askable(tx, asked.instanceIds);
    const windows = windowsFor(asked.window, asked.backfill);
    requireFew(instances.length * windows.length);
    await lockPlaces(tx);
    const { title, templateId } = await questionOf(tx, asked);
    const id = await insertBatch(tx, {
      title,
      templateId,
      kind: asked.backfill ? "backfill" : "brands",
      instances: instances.length,
      windows: windows.length,
      atOnce: asked.atOnce,
      createdBy: actorName(tx.actor),
    });
    const refused = await beginAll(tx, asked, { id, instances, windows });
    await admitRuns(tx);
    const batch = await getBatch(tx, id);
    const names = instances.map(({ name }) => name);
    const audit: AuditEntry = {
      action: "amc_batch.started",
      target: { type: "amc-batch", id, label: title },
      after: {
        instances: names,
        windows: windows.length,
        runs: batch.total,
        reused: batch.reused,
        refused: refused.length,
      },
    };
    const result: StartedBatch = { ...batch, refused };
    return { result, audit };
  },
});

interface Batch {
  id: string;
  instances: readonly InstanceRow[];
  windows: readonly AmcWindow[];
}

/**
 * Each run is begun before the next is judged: they count among each other's overlaps. Where the policy finds an answer fresh, that one
 * is read among the others, unless all are asked anew.
 * @returns what the agency's policy refused @throws {AppError} limit where that is all of them
 */
async function beginAll(tx: TxCtx, asked: StartBatch, { id, instances, windows }: Batch) {
  const { instanceIds: _, window: __, backfill, atOnce: ___, ...question } = asked;
  const lint = lintOnce();
  const origin = backfill ? "backfill" : "person";
  const refused: StartedBatch["refused"] = [];
  // Windows outside, so that the newest of every instance comes before the older of any.
  for (const window of windows) {
    for (const instance of instances) {
      const { run, check } = await planRun(tx, { ...question, instanceId: instance.id, window }, lint);
      if (check.identical && check.verdict === "reuse") {
        await insertReuse(tx, id, check.identical.id);
        continue;
      }
      try {
        requireAllowed(check);
      } catch (error) {
        const isLast = refused.length + 1 === instances.length * windows.length;
        if (!(error instanceof AppError) || error.code !== "limit" || isLast) throw error;
        refused.push({ instanceId: instance.id, window: check.window, reason: error.message });
        continue;
      }
      await beginRun(tx, run, { origin, deadlineSeconds, batchId: id });
    }
  }
  return refused;
}

/** The SQL of a batch is one: it is looked at once for each set of tables and end of the window. */
function lintOnce(): typeof lintSql {
  const known = new Map<string, ReturnType<typeof lintSql>>();
  return (sql, about) => {
    const key = JSON.stringify([sql, about.tables, about.until?.windowEnd]);
    const answer = known.get(key) ?? lintSql(sql, about);
    known.set(key, answer);
    return answer;
  };
}

/** What waits is not asked any more; what Amazon has is cancelled there. */
export const cancelBatch = command({
  name: "amc-batch.cancel",
  permission: "amc.write",
  input: ExecutionId,
  brandOf: () => "anyBrand",
  run: async (tx, { id }) => {
    const batch = await getBatch(tx, id);
    await lockPlaces(tx);
    const { ended, asked } = await stopRunsOf(tx, id);
    for (const runId of asked) await enqueueStep(tx, runId);
    await admitRuns(tx);
    return {
      result: await getBatch(tx, id),
      audit: {
        action: "amc_batch.cancelled",
        target: { type: "amc-batch", id, label: batch.title },
        after: { runs: ended.length + asked.length },
      },
    };
  },
});

async function askable(tx: TxCtx, ids: readonly string[]): Promise<InstanceRow[]> {
  const found: InstanceRow[] = [];
  for (const id of new Set(ids)) {
    const instance = await findInstance(tx, id, "amc.write");
    if (!instance) throw notFound("One of these AMC instances");
    found.push(instance);
  }
  return found;
}

/** The newest first. */
function windowsFor(window: AmcWindow | undefined, backfill: StartBatch["backfill"]): AmcWindow[] {
  if (!backfill) {
    if (!window)
      throw new AppError("invalid", "Choose a window, or a backfill.", { fields: { window: "Choose one." } });
    return [window];
  }
  const { period, periods } = backfill;
  return Array.from({ length: periods }, (_, back) => ({ kind: period, back }));
}

function requireFew(runs: number): void {
  if (runs <= mostRunsOfBatch) return;
  throw new AppError("invalid", `These would be ${runs} runs; a batch has ${mostRunsOfBatch} at most.`, {
    fields: { instanceIds: "Choose fewer instances, or fewer weeks or months." },
    remedy: "Ask in several batches.",
  });
}
