// One step of a sync run, as a job does it: may be run again at any point, and never holds a transaction while Amazon is asked.
import { connectionFor, onBehalf, type WithToken, withAccessToken } from "../connections";
import type { CapabilityName } from "../connections/contract";
import type { AuditEntry, Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { type AccountRow, changeRun, type OpenRun, type RunRow, readRun } from "./run-store";
import { failureOf } from "./sync-failure";

export const stepJobs = {
  entities: "insights.sync-entities",
  request: "insights.request-report",
  collect: "insights.collect-report",
} as const;
type StepJob = (typeof stepJobs)[keyof typeof stepJobs];

/** Steps of one account run one after the other; a run has at most one waiting. */
export function enqueueStep(
  tx: TxCtx,
  run: Pick<RunRow, "id" | "accountId">,
  { job, runAt }: { job: StepJob; runAt?: Date },
): Promise<void> {
  return tx.enqueue(job, { runId: run.id }, { runAt, key: `run:${run.id}`, queue: `account:${run.accountId}` });
}

/** The job that takes a run on from where it is. */
export const nextJob = (run: Pick<RunRow, "subject" | "state">): StepJob =>
  run.subject === "entities" ? stepJobs.entities : run.state === "requested" ? stepJobs.collect : stepJobs.request;

/** Does the step unless the run is over. What Amazon says against it puts the run off, or ends it. */
export async function runStep(ctx: Ctx, runId: string, step: (open: OpenRun) => Promise<void>): Promise<void> {
  const open = await ctx.tx((tx) => readRun(tx, runId));
  if (!open || open.run.state === "done" || open.run.state === "failed") return;
  try {
    await onBehalf(ctx, concernsOf(open), () => step(open));
  } catch (error) {
    const failure = failureOf(error, open.run.waits);
    if (!failure) throw error;
    ctx.log.warn({ runId, reason: failure.note, kind: failure.kind }, "sync step put off");
    await ctx.tx((tx) =>
      failure.kind === "fail"
        ? failRun(tx, runId, failure.note)
        : postpone(tx, runId, { note: failure.note, afterMs: failure.afterMs }),
    );
  }
}

/** What a person asked for goes before what the clock asked for, and the past comes last. */
const priorities = {
  manual: "person",
  recent: "sync",
  settle: "sync",
  catchup: "backfill",
  backfill: "backfill",
} as const satisfies Record<RunRow["kind"], string>;

const concernsOf = ({ run, account }: OpenRun) => ({
  accountId: account.id,
  brandId: account.brandId,
  priority: priorities[run.kind],
});

/** The next slots ask for the same days: a run need not wait for ever. */
export const givenUpAfterMs = 24 * 3_600_000;

/** Puts a run off; it goes on from where it is. */
async function postpone(tx: TxCtx, runId: string, { note, afterMs }: { note: string; afterMs: number }): Promise<void> {
  const open = await readRun(tx, runId, { lock: true });
  if (!open) return;
  const nextAt = new Date(tx.now().getTime() + afterMs);
  if (nextAt.getTime() > open.run.createdAt.getTime() + givenUpAfterMs) {
    return failRun(tx, runId, `Given up after a day. ${note}`);
  }
  if (!(await changeRun(tx, runId, { note, nextAt, waits: open.run.waits + 1 }))) return;
  await enqueueStep(tx, open.run, { job: nextJob(open.run), runAt: nextAt });
}

export async function failRun(tx: TxCtx, runId: string, note: string): Promise<void> {
  const open = await readRun(tx, runId);
  const failed = await changeRun(tx, runId, { state: "failed", note, finishedAt: tx.now(), nextAt: null });
  if (open && failed) await tx.audit(failureEntry(open, note));
  await tx.changed("sync-status");
  await tx.changed("report-coverage");
}

const failureEntry = ({ run, account }: OpenRun, note: string): AuditEntry => ({
  action: "account.sync_failed",
  target: { type: "account", id: account.id, label: account.name },
  brandId: account.brandId,
  after: { what: run.subject, why: run.kind, note },
});

/** How to reach an account: the connection, its token for each call, and whose account it is. */
export interface Session {
  connectionId: string;
  withToken: WithToken;
}

/** @throws {AppError} precondition where no connection can be used now, forbidden where none has the right */
export async function sessionFor(ctx: Ctx, account: AccountRow, capability: CapabilityName): Promise<Session> {
  const reach = await ctx.tx((tx) => connectionFor(tx, account.id, capability));
  if (!reach) {
    const { ok, reason, remedy } = account.capabilities[capability];
    if (!ok)
      throw new AppError("forbidden", reason ?? `No connected Amazon user may read its ${capability}.`, { remedy });
    throw new AppError("precondition", `No healthy connection may read this account's ${capability}.`, {
      remedy: "Look at Connections: one that reaches the account must be connected, or consent again.",
    });
  }
  return {
    connectionId: reach.connectionId,
    withToken: (call) => withAccessToken(ctx, reach.connectionId, call),
  };
}
