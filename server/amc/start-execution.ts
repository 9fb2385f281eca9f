// Starting a run: everything it depends on is settled and kept in one transaction with its row, its audit entry and its first job.
import { command } from "../core/command";
import { type AuditEntry, actorName, type TxCtx } from "../core/context";
import { admitRuns } from "./admit-runs";
import { type ExecutionOrigin, StartExecution, type StartedExecution } from "./execution-contract";
import { insertExecution, lockPlaces } from "./execution-store";
import { type PlannedRun, planRun, requireAllowed } from "./guard-run";
import { getExecution } from "./list-executions";
import { getInstance } from "./list-instances";

export const startExecution = command({
  name: "amc-execution.start",
  permission: "amc.write",
  input: StartExecution,
  brandOf: brandOfWish,
  run: async (tx, { deadlineHours, ...wish }) => {
    // Whoever asks the same at the same moment sees this run.
    await lockPlaces(tx);
    const { run, check } = await planRun(tx, wish);
    if (check.identical && check.verdict === "reuse") {
      const reused = await getExecution(tx, check.identical.id);
      const result: StartedExecution = { ...reused, outcome: "reused", warnings: [] };
      return { result, audit: null };
    }
    requireAllowed(check);
    const id = await beginRun(tx, run, { origin: "person", deadlineSeconds: deadlineHours * 3_600 });
    await admitRuns(tx);
    const warnings = check.problems.map(({ line, message }) => `Line ${line}: ${message}`);
    if (check.verdict === "warn") {
      warnings.push(`${check.overlaps} other runs of the last day asked for the same tables and days.`);
    }
    const result: StartedExecution = { ...(await getExecution(tx, id)), outcome: "started", warnings };
    return { result, audit: startedEntry(id, run) };
  },
});

/** What would come of it; nothing is started. */
export const checkExecution = command({
  name: "amc-execution.check",
  permission: "amc.write",
  input: StartExecution,
  brandOf: brandOfWish,
  run: async (tx, wish) => ({ result: (await planRun(tx, wish)).check, audit: null }),
});

export interface Origin {
  origin: ExecutionOrigin;
  deadlineSeconds: number;
  scheduleId?: string;
  batchId?: string;
}

/** @returns the run's id; it waits until `admitRuns` gives it a place */
export function beginRun(tx: TxCtx, run: PlannedRun, origin: Origin): Promise<string> {
  const { instance, window, ...asked } = run;
  return insertExecution(tx, {
    ...asked,
    ...origin,
    instanceId: instance.id,
    windowFrom: window.from,
    windowTo: window.to,
    timeZone: window.timeZone,
    createdBy: actorName(tx.actor),
  });
}

export const startedEntry = (id: string, { title, instance, window, values, templateId }: PlannedRun): AuditEntry => ({
  action: "amc_execution.started",
  target: { type: "amc-execution", id, label: title },
  brandId: instance.brandId,
  after: { instance: instance.name, templateId, values, window },
});

async function brandOfWish({ instanceId }: { instanceId: string }, tx: TxCtx): Promise<string | null> {
  return (await getInstance(tx, instanceId)).brandId;
}
