// One question over many instances, or over the past: a run for each instance and window, through the same gate as any other.
import { command } from "../core/command";
import { actorName, type TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { admitRuns } from "./admit-runs";
import { insertBatch, openRunsOf } from "./batch-store";
import { stopRun } from "./change-execution";
import type { AmcWindow } from "./contract";
import { ExecutionId, StartBatch } from "./execution-contract";
import { lockPlaces, readExecution } from "./execution-store";
import { planRun, requireAllowed } from "./guard-run";
import { findInstance, type InstanceRow } from "./instance-store";
import { getBatch } from "./list-batches";
import { beginRun } from "./start-execution";

const deadlineSeconds = 6 * 3_600;

export const startBatch = command({
  name: "amc-batch.start",
  permission: "amc.write",
  input: StartBatch,
  brandOf: () => "anyBrand",
  run: async (tx, { instanceIds, window, backfill, atOnce, ...question }) => {
    const instances = await askable(tx, instanceIds);
    const windows = windowsFor(window, backfill);
    const origin = backfill ? "backfill" : "person";
    const runs = [];
    await lockPlaces(tx);
    // Windows outside, so that the newest of every instance comes before the older of any.
    for (const one of windows) {
      for (const instance of instances) {
        const { run, check } = await planRun(tx, { ...question, instanceId: instance.id, window: one });
        requireAllowed({ ...check, verdict: check.verdict === "refuse" ? "warn" : check.verdict });
        runs.push(run);
      }
    }
    const [first] = runs;
    if (!first) throw new AppError("invalid", "There is nothing to ask.");
    const batchId = await insertBatch(tx, {
      title: first.title,
      templateId: first.templateId,
      kind: backfill ? "backfill" : "brands",
      instances: instances.length,
      windows: windows.length,
      atOnce,
      createdBy: actorName(tx.actor),
    });
    for (const run of runs) await beginRun(tx, run, { origin, deadlineSeconds, batchId });
    await admitRuns(tx);
    return {
      result: await getBatch(tx, batchId),
      audit: {
        action: "amc_batch.started",
        target: { type: "amc-batch", id: batchId, label: first.title },
        after: { instances: instances.map(({ name }) => name), windows: windows.length, runs: runs.length },
      },
    };
  },
});

/** What waits is not asked any more; what Amazon has is cancelled there. */
export const cancelBatch = command({
  name: "amc-batch.cancel",
  permission: "amc.write",
  input: ExecutionId,
  brandOf: () => "anyBrand",
  run: async (tx, { id }) => {
    const batch = await getBatch(tx, id);
    await lockPlaces(tx);
    const ids = await openRunsOf(tx, id);
    for (const runId of ids) {
      const open = await readExecution(tx, runId);
      if (!open || !tx.can("amc.write", open.instance.brandId)) continue;
      await stopRun(tx, open);
    }
    return {
      result: await getBatch(tx, id),
      audit: {
        action: "amc_batch.cancelled",
        target: { type: "amc-batch", id, label: batch.title },
        after: { runs: ids.length },
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
