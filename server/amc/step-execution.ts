// Takes one run on from where it is: hands it to Amazon, looks how it goes, fetches its rows. May be run again at any point, and holds no
// transaction while Amazon is asked.
import { type AmcRun, Rejected, Throttled, Unauthorized } from "../amazon";
import { onBehalf } from "../connections";
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { backoffMs, failureOf } from "../insights";
import { admitRuns } from "./admit-runs";
import { endRun, failRun } from "./end-run";
import { changeExecution, type ExecutionRow, lockPlaces, type OpenExecution, readExecution } from "./execution-store";
import { type Reach, reachInstance } from "./reach-instance";
import { declared, wireValues } from "./read-values";
import { wallTimesOf } from "./resolve-window";
import { enqueueStep } from "./step-job";
import { storeResult } from "./store-result";
import { ledgerColumns } from "./suppression";

const longestPollMs = 60_000;
/** A start whose answer was lost shows among the workflow's runs by then, or never was. */
const settledAfterMs = 60_000;
/** Amazon ends an overdue run itself: it is looked at a while longer. */
const graceMs = 10 * 60_000;

/** What Amazon's words mean here; one that we do not know means that it is not over (contracts 8: new values come). */
const meanings = {
  PENDING: "wait",
  RUNNING: "wait",
  SUCCEEDED: "collect",
  FAILED: "fail",
  CANCELLED: "cancel",
} as const satisfies Record<string, "wait" | "collect" | "fail" | "cancel">;

export const meaningOf = (status: string): (typeof meanings)[keyof typeof meanings] =>
  Object.hasOwn(meanings, status) ? meanings[status as keyof typeof meanings] : "wait";

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
}

async function submit(ctx: Ctx, open: OpenExecution, reach: Reach): Promise<void> {
  const { execution, instance } = open;
  const { amc } = ctx.services.amazon;
  const workflowId = workflowIdOf(execution);
  if (execution.cancelAsked && !execution.startedAt) return ctx.tx((tx) => cancelled(tx, open));
  await reach.ask((access) => amc.createWorkflow({ ...access, workflow: workflowOf(execution, workflowId) }));
  failpoint("amc.workflow-created");
  if (execution.startedAt) {
    const [earlier] = await reach.ask((access) => amc.listRuns({ ...access, workflowId }));
    if (earlier) return ctx.tx((tx) => adopt(tx, open, earlier));
    const settledAt = execution.startedAt.getTime() + settledAfterMs;
    if (ctx.now().getTime() < settledAt) {
      const note = "Amazon's answer to the start was lost; it is looked for before it is sent again.";
      return ctx.tx((tx) => putOff(tx, open, { note, afterMs: settledAt - ctx.now().getTime() }));
    }
  }
  // From here on the start may have reached Amazon, whatever becomes of this process.
  await ctx.tx((tx) => changeExecution(tx, execution.id, { startedAt: tx.now() }, ["submitting"]));
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
    await ctx.tx((tx) => adopt(tx, open, run));
  } catch (error) {
    const refused = error instanceof Rejected || error instanceof Throttled || error instanceof Unauthorized;
    if (refused) await ctx.tx((tx) => changeExecution(tx, execution.id, { startedAt: null }, ["submitting"]));
    throw error;
  }
}

async function cancelled(tx: TxCtx, open: OpenExecution, amazonStatus = open.execution.amazonStatus): Promise<void> {
  await endRun(tx, open, { state: "cancelled", note: null, amazonStatus });
}

const workflowOf = ({ question }: ExecutionRow, workflowId: string) => ({
  workflowId,
  sqlQuery: question.sql,
  inputParameters: question.parameters.map(declared),
  filteredMetricsDiscriminatorColumn: ledgerColumns.hidden,
  distinctUserCountColumn: ledgerColumns.users,
  filteredReasonColumn: ledgerColumns.reason,
});

async function adopt(tx: TxCtx, { execution }: OpenExecution, run: AmcRun): Promise<void> {
  const now = tx.now().getTime();
  const nextAt = new Date(now + backoffMs(0));
  const change = {
    state: "running",
    amazonExecutionId: run.workflowExecutionId,
    amazonStatus: run.status,
    deadlineAt: new Date(now + execution.deadlineSeconds * 1000),
    note: null,
    waits: 0,
    nextAt,
  } as const;
  if (await changeExecution(tx, execution.id, change, ["submitting"])) await enqueueStep(tx, execution.id, nextAt);
}

async function follow(ctx: Ctx, open: OpenExecution, reach: Reach): Promise<void> {
  const { execution } = open;
  const { amc } = ctx.services.amazon;
  const executionId = execution.amazonExecutionId;
  if (!executionId) throw new Error("A run at Amazon without its number.");
  const run = await reach.ask((access) => amc.getRun({ ...access, executionId }));
  const meaning = meaningOf(run.status);
  switch (meaning) {
    case "collect":
      return collect(ctx, open, { reach, run });
    case "fail":
      return ctx.tx((tx) => failRun(tx, open, refusalOf(run), run.status));
    case "cancel":
      return ctx.tx((tx) => cancelled(tx, open, run.status));
    case "wait":
      break;
    default:
      return meaning satisfies never;
  }
  const overdue = (execution.deadlineAt?.getTime() ?? 0) + graceMs <= ctx.now().getTime();
  if (execution.cancelAsked || overdue) await reach.ask((access) => amc.cancelRun({ ...access, executionId }));
  await ctx.tx((tx) =>
    overdue ? failRun(tx, open, overdueNote(execution), run.status) : lookAgain(tx, open, run.status),
  );
}

const refusalOf = ({ statusReason }: AmcRun): string =>
  `Amazon could not run it${statusReason ? `: ${statusReason}` : ", and gave no reason"}`.replace(/\.?$/, ".");

const overdueNote = ({ deadlineSeconds }: ExecutionRow): string =>
  `Amazon did not finish it within ${Math.round(deadlineSeconds / 3_600)} hours; it was cancelled there.`;

async function lookAgain(tx: TxCtx, { execution }: OpenExecution, amazonStatus: string): Promise<void> {
  const nextAt = new Date(tx.now().getTime() + backoffMs(execution.polls + 1, longestPollMs));
  const change = { amazonStatus, polls: execution.polls + 1, waits: 0, note: null, nextAt };
  if (await changeExecution(tx, execution.id, change, ["running"])) await enqueueStep(tx, execution.id, nextAt);
}

/** The place at Amazon is free from the moment it succeeded. */
async function collect(ctx: Ctx, open: OpenExecution, { reach, run }: { reach: Reach; run: AmcRun }): Promise<void> {
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
  // The rows are here: what is left over there is only tidied away.
  await reach
    .ask((access) => amc.deleteWorkflow({ ...access, workflowId: workflowIdOf(execution) }))
    .catch((error: unknown) => ctx.log.info({ err: error, executionId: execution.id }, "a workflow was left behind"));
}

/** A run goes on from where it is once its cause is over; Amazon's own deadline is not moved by it. */
async function putOff(tx: TxCtx, open: OpenExecution, { note, afterMs }: { note: string; afterMs: number }) {
  const { execution } = open;
  const nextAt = new Date(tx.now().getTime() + afterMs);
  if (!(await changeExecution(tx, execution.id, { note, nextAt, waits: execution.waits + 1 }))) return;
  await enqueueStep(tx, execution.id, nextAt);
}
