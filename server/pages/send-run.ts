// Sends what a use of an action wrote down. May be run again at any point: the same bytes go under the same webhook-id, so
// that a receiver that keeps the ids it has seen acts once.
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import type { OutgoingAnswer, OutgoingCall } from "../core/outgoing/outgoing";
import type { ActionDefinition } from "./action-contract";
import { signedHeaders } from "./action-secret";
import { findAction } from "./action-store";
import { mostAttempts, type RunState, type RunTry } from "./run-contract";
import { lockRun, type RunRow, updateRun, withTry } from "./run-store";

export const sendRunJobName = "pages.send-run";

const second = 1000;
/** After the first attempt, the second, and so on. */
const delaysMs = [10 * second, 60 * second, 300 * second, 1800 * second];
/** Over the timeout of the call, for what is written before and after it. */
const marginMs = 15 * second;

/** One call of an action after the other, so that a slow receiver holds up nothing else. */
export const enqueueRun = (tx: TxCtx, run: Pick<RunRow, "id" | "actionId">, runAt?: Date): Promise<void> =>
  tx.enqueue(
    sendRunJobName,
    { runId: run.id },
    { key: `action-run:${run.id}`, queue: `action:${run.actionId}`, ...(runAt ? { runAt } : {}) },
  );

export async function sendRun(ctx: Ctx, { runId }: { runId: string }): Promise<void> {
  const call = await ctx.tx((tx) => take(tx, runId));
  if (!call) return;
  failpoint("action.taken");
  const at = ctx.now();
  const answer = await ctx.services.outgoing.post(call);
  failpoint("action.sent");
  await ctx.tx((tx) => finish(tx, { runId, at, answer }));
}

/** Null: there is nothing to send now. */
async function take(tx: TxCtx, runId: string): Promise<OutgoingCall | null> {
  const run = await lockRun(tx, runId);
  if (run?.state !== "waiting") return null;
  // Another process is at it, or died at it: then its time runs out.
  if (run.nextAt && run.nextAt > tx.now()) {
    await enqueueRun(tx, run, run.nextAt);
    return null;
  }
  const action = await findAction(tx, run.actionId);
  if (!action || run.attempts >= mostAttempts) {
    await end(tx, run, { state: "failed", note: action ? lostNote : "The action was removed before it was sent." });
    return null;
  }
  const { url, timeoutSeconds } = action.definition as ActionDefinition;
  const timeoutMs = timeoutSeconds * second;
  const nextAt = new Date(tx.now().getTime() + timeoutMs + marginMs);
  await updateRun(tx, runId, { attempts: run.attempts + 1, nextAt });
  const { body } = run;
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "user-agent": "Tidemark",
    ...signedHeaders(tx, action, { messageId: `msg_${runId}`, body }),
  };
  return { url, headers, body, timeoutMs };
}

const lostNote = "Each attempt ended before its answer was known.";

interface Attempt {
  runId: string;
  at: Date;
  answer: OutgoingAnswer;
}

async function finish(tx: TxCtx, { runId, at, answer }: Attempt): Promise<void> {
  const run = await lockRun(tx, runId);
  if (run?.state !== "waiting") return;
  const verdict = verdictOf(answer);
  const status = answer.kind === "answered" ? answer.status : null;
  const one: RunTry = { at: at.toISOString(), status, note: verdict.note };
  const seen = { status, answer: answer.kind === "answered" ? answer.text : null, note: verdict.note };
  const delay = verdict.state === null ? delaysMs[run.attempts - 1] : undefined;
  await updateRun(tx, runId, { ...seen, tries: withTry(one) });
  if (delay === undefined) return end(tx, run, { state: verdict.state ?? "failed", note: verdict.note, status });
  const nextAt = new Date(tx.now().getTime() + delay);
  await updateRun(tx, runId, { nextAt });
  await enqueueRun(tx, run, nextAt);
  await tx.changed("custom-action-runs", [runId]);
}

/** 2xx is done, 4xx and a redirect are a refusal; all else is tried again. */
function verdictOf(answer: OutgoingAnswer): { state: RunState | null; note: string | null } {
  if (answer.kind === "blocked") return { state: "failed", note: answer.note };
  if (answer.kind === "silent") return { state: null, note: answer.note };
  const { status, location } = answer;
  if (status >= 200 && status < 300) return { state: "done", note: null };
  if (status >= 400 && status < 500) return { state: "refused", note: null };
  if (status >= 500) return { state: null, note: `The receiver failed with ${status}.` };
  return {
    state: "refused",
    note: `The receiver sends on${location ? ` to ${location}` : ""}; redirects are not followed.`,
  };
}

interface Ending {
  state: RunState;
  note: string | null;
  status?: number | null;
}

async function end(tx: TxCtx, run: RunRow, { state, note, status }: Ending): Promise<void> {
  await updateRun(tx, run.id, { state, note, endedAt: tx.now(), nextAt: null });
  await tx.audit({
    action: `custom-action.${state}`,
    target: { type: "custom-action", id: run.actionId, label: run.actionLabel },
    brandId: run.brandId,
    after: { record: run.targetLabel, recordId: run.targetId, run: run.id, status: status ?? null, note },
  });
  await tx.changed("custom-action-runs", [run.id]);
}
