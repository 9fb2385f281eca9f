// Takes one run on from where it is: hands it to Amazon, looks how it goes, fetches its rows. May be run again at any point, and holds no
// transaction while Amazon is asked.
import { type AmcRun, Rejected, Throttled, Unauthorized } from "../amazon";
import { onBehalf } from "../connections";
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { failureOf } from "../insights";
import { admitRuns } from "./admit-runs";
import { endRun, failRun } from "./end-run";
import {
  changeExecution,
  claimStart,
  type ExecutionRow,
  lockPlaces,
  type OpenExecution,
  readExecution,
  selectBusy,
} from "./execution-store";
import { nextLookMs } from "./next-look";
import { type Reach, reachInstance } from "./reach-instance";
import { declared, wireValues } from "./read-values";
import { wallTimesOf } from "./resolve-window";
import { meaningOf, stateAgain } from "./resume-run";
import { enqueueStep } from "./step-job";
import { storeResult } from "./store-result";
import { ledgerColumns } from "./suppression";

/** A start whose answer was lost shows among the workflow's runs by then, or never was. */
const settledAfterMs = 60_000;
/** Amazon ends an overdue run itself: it is looked at a while longer. */
const graceMs = 10 * 60_000;

/** Never used twice: one for each attempt. */
export const workflowIdOf = ({ id, attempts }: Pick<ExecutionRow, "id" | "attempts">): string =>
  `tidemark_${id.replaceAll("-", "")}_${attempts}`;

const priorities = { person: "person", schedule: "sync", backfill: "backfill" } as const;

export async function stepExecution(ctx: Ctx, { executionId }: { executionId: string }): Promise<void> {
  const open = await ctx.tx((tx) => readExecution(tx, executionId));
  if (!open) return;
  const { execution, instance } = open;
  if (!["submitting", "running", "collecting"].includes(execution.state)) return;
  const concerns = { brandId: instance.brandId, priority: priorities[execution.origin] };
  try {
    await onBehalf(ctx, concerns, async () => {
      const reach = await reachInstance(ctx, instance);
      await (execution.state === "submitting" ? submit(ctx, open, reach) : follow(ctx, open, reach));
    });
  } catch (error) {
    const failure = failureOf(error, execution.waits);
    if (!failure) throw error;
    await ctx.tx((tx) =>
      failure.kind === "fail"
        ? failRun(tx, open, failure.note)
        : putOff(tx, open, { note: failure.note, afterMs: failure.afterMs }),
    );
  }
  await onBehalf(ctx, concerns, () => tidyAway(ctx, open));
}

async function submit(ctx: Ctx, open: OpenExecution, reach: Reach): Promise<void> {
  const { execution, instance } = open;
  const { amc } = ctx.services.amazon;
  const workflowId = workflowIdOf(execution);
  if (execution.startedAt && !(await neverArrived(ctx, open, reach))) return;
  if (execution.cancelAsked) {
    await ctx.tx((tx) => endRun(tx, open, { state: "cancelled", note: null, startedAt: null }));
    return;
  }
  await reach.ask((access) => amc.createWorkflow({ ...access, workflow: workflowOf(execution, workflowId) }));
  failpoint("amc.workflow-created");
  // From here on the start may have reached Amazon, whatever becomes of this process.
  if (!(await ctx.tx((tx) => claimStart(tx, execution)))) return;
  failpoint("amc.start-noted");
  try {
    const run = await reach.ask((access) =>
      amc.startRun({
        ...access,
        workflowId,
        window: wallTimesOf({ from: execution.windowFrom, to: execution.windowTo, timeZone: execution.timeZone }),
        parameterValues: wireValues(execution.values),
        timeoutSeconds: execution.deadlineSeconds,
        ...(instance.type === "SANDBOX" ? { requireSyntheticData: true } : {}),
      }),
    );
    failpoint("amc.started");
    await adopt(ctx, open, { reach, run });
  } catch (error) {
    const refused = error instanceof Rejected || error instanceof Throttled || error instanceof Unauthorized;
    if (refused) await ctx.tx((tx) => changeExecution(tx, execution.id, { startedAt: null }, ["submitting"]));
    throw error;
  }
}

/**
 * Looks for a start whose answer was lost. The time it has to show counts from the first look that did not find it: the request itself
 * may have been under way until then. @returns false also where it was found, or has time left
 */
async function neverArrived(ctx: Ctx, open: OpenExecution, reach: Reach): Promise<boolean> {
  const { execution } = open;
  const workflowId = workflowIdOf(execution);
  const [run] = await reach.ask((access) => ctx.services.amazon.amc.listRuns({ ...access, workflowId }));
  if (run) {
    await adopt(ctx, open, { reach, run });
    return false;
  }
  const isFirstLook = execution.polls === 0;
  const since = isFirstLook ? ctx.now() : (execution.startedAt ?? ctx.now());
  const afterMs = since.getTime() + settledAfterMs - ctx.now().getTime();
  if (afterMs <= 0) return true;
  await ctx.tx(async (tx) => {
    if (isFirstLook) await changeExecution(tx, execution.id, { startedAt: since, polls: 1 }, ["submitting"]);
    const note = "Amazon's answer to the start was lost; it is looked for before it is sent again.";
    await putOff(tx, open, { note, afterMs });
  });
  return false;
}

const workflowOf = ({ question }: ExecutionRow, workflowId: string) => ({
  workflowId,
  sqlQuery: question.sql,
  inputParameters: question.parameters.map(declared),
  filteredMetricsDiscriminatorColumn: ledgerColumns.hidden,
  distinctUserCountColumn: ledgerColumns.users,
  filteredReasonColumn: ledgerColumns.reason,
});

interface Seen {
  reach: Reach;
  run: AmcRun;
}

/** One that came too late, for a run that is over or goes another way by now, is stopped: nobody would fetch its rows. */
async function adopt(ctx: Ctx, { execution }: OpenExecution, { reach, run }: Seen): Promise<void> {
  const isOurs = await ctx.tx(async (tx) => {
    const present = (await readExecution(tx, execution.id, { lock: true }))?.execution;
    if (present?.amazonExecutionId === run.workflowExecutionId) return true;
    if (present?.state !== "submitting" || present.attempts !== execution.attempts) return false;
    const nextAt = await nextLook(tx, tx.now());
    await changeExecution(tx, execution.id, {
      state: "running",
      amazonExecutionId: run.workflowExecutionId,
      amazonStatus: run.status,
      deadlineAt: new Date(tx.now().getTime() + execution.deadlineSeconds * 1000),
      note: null,
      polls: 0,
      waits: 0,
      nextAt,
    });
    await enqueueStep(tx, execution.id, nextAt);
    return true;
  });
  if (!isOurs) await stopThere(ctx, reach, run.workflowExecutionId);
}

/** @returns false where Amazon refuses, as it does for one that is over by now: the next look says how it ended */
async function stopThere(ctx: Ctx, reach: Reach, executionId: string): Promise<boolean> {
  try {
    await reach.ask((access) => ctx.services.amazon.amc.cancelRun({ ...access, executionId }));
    return true;
  } catch (error) {
    if (error instanceof Rejected) return false;
    throw error;
  }
}

async function follow(ctx: Ctx, open: OpenExecution, reach: Reach): Promise<void> {
  const { execution } = open;
  const { amc } = ctx.services.amazon;
  const executionId = execution.amazonExecutionId;
  if (!executionId) throw new Error("A run at Amazon without its number.");
  const run = await reach.ask((access) => amc.getRun({ ...access, executionId }));
  failpoint("amc.polled");
  const meaning = meaningOf(run.status);
  switch (meaning) {
    case "collect":
      return collect(ctx, open, { reach, run });
    case "fail":
      return ctx.tx((tx) => failRun(tx, open, refusalOf(run), run.status));
    case "cancel":
      await ctx.tx((tx) => endRun(tx, open, { state: "cancelled", note: null, amazonStatus: run.status }));
      return;
    case "wait":
      break;
    default:
      return meaning satisfies never;
  }
  const overdue = (execution.deadlineAt?.getTime() ?? 0) + graceMs <= ctx.now().getTime();
  const isStopped = (execution.cancelAsked || overdue) && (await stopThere(ctx, reach, executionId));
  await ctx.tx((tx) =>
    overdue && isStopped ? failRun(tx, open, overdueNote(execution), run.status) : lookAgain(tx, open, run.status),
  );
}

const refusalOf = ({ statusReason }: AmcRun): string =>
  `Amazon could not run it${statusReason ? `: ${statusReason}` : ", and gave no reason"}`.replace(/\.?$/, ".");

const overdueNote = ({ deadlineSeconds }: ExecutionRow): string =>
  `Amazon did not finish it within ${Math.round(deadlineSeconds / 3_600)} hours; it was cancelled there.`;

async function nextLook(tx: TxCtx, startedAt: Date): Promise<Date> {
  const now = tx.now().getTime();
  const running = (await selectBusy(tx)).length;
  return new Date(now + nextLookMs({ elapsedMs: now - startedAt.getTime(), running }));
}

async function lookAgain(tx: TxCtx, { execution }: OpenExecution, amazonStatus: string): Promise<void> {
  const nextAt = await nextLook(tx, execution.startedAt ?? tx.now());
  const change = { amazonStatus, polls: execution.polls + 1, waits: 0, note: null, nextAt };
  if (await changeExecution(tx, execution.id, change, ["running"])) await enqueueStep(tx, execution.id, nextAt);
}

/** The place at Amazon is free from the moment it succeeded. */
async function collect(ctx: Ctx, open: OpenExecution, { reach, run }: Seen): Promise<void> {
  const { execution } = open;
  await ctx.tx(async (tx) => {
    await lockPlaces(tx);
    const change = { state: "collecting", amazonStatus: run.status } as const;
    if (await changeExecution(tx, execution.id, change, ["running"])) await admitRuns(tx);
  });
  failpoint("amc.succeeded");
  const { amc } = ctx.services.amazon;
  await reach.ask(async (access) => {
    const batches = amc.downloadResult({ ...access, executionId: run.workflowExecutionId });
    await storeResult(ctx, open, { batches, outputColumns: run.outputColumns ?? [] });
  });
  failpoint("amc.stored");
}

/** The workflow of a run that is over is of no more use, unless Amazon may still run it. */
async function tidyAway(ctx: Ctx, { execution: { id, attempts }, instance }: OpenExecution): Promise<void> {
  const present = (await ctx.tx((tx) => readExecution(tx, id)))?.execution;
  if (!present || present.attempts !== attempts) return;
  const { state } = present;
  const isOver =
    state === "done" || ((state === "failed" || state === "cancelled") && stateAgain(present) === "waiting");
  if (!isOver) return;
  try {
    const reach = await reachInstance(ctx, instance);
    const workflowId = workflowIdOf(present);
    await reach.ask((access) => ctx.services.amazon.amc.deleteWorkflow({ ...access, workflowId }));
  } catch (error) {
    ctx.log.info({ err: error, executionId: id }, "a workflow was left behind");
  }
}

/** A run goes on from where it is once its cause is over; Amazon's own deadline is not moved by it. */
async function putOff(tx: TxCtx, open: OpenExecution, { note, afterMs }: { note: string; afterMs: number }) {
  const { execution } = open;
  const nextAt = new Date(tx.now().getTime() + afterMs);
  if (!(await changeExecution(tx, execution.id, { note, nextAt, waits: execution.waits + 1 }))) return;
  await enqueueStep(tx, execution.id, nextAt);
}
