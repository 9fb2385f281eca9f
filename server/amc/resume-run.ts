// What Amazon's word on a run means, and from where one that broke off goes on.
import type { ExecutionRow } from "./execution-store";

/** One that we do not know means that it is not over (contracts 8: new values come). */
const meanings = {
  PENDING: "wait",
  RUNNING: "wait",
  SUCCEEDED: "collect",
  FAILED: "fail",
  CANCELLED: "cancel",
} as const satisfies Record<string, "wait" | "collect" | "fail" | "cancel">;

export const meaningOf = (status: string): (typeof meanings)[keyof typeof meanings] =>
  Object.hasOwn(meanings, status) ? meanings[status as keyof typeof meanings] : "wait";

/** Where Amazon may still have the run, another one would be a second. */
export function stateAgain(
  run: Pick<ExecutionRow, "startedAt" | "amazonExecutionId" | "amazonStatus">,
): "waiting" | "submitting" | "running" {
  if (!run.amazonExecutionId) return run.startedAt ? "submitting" : "waiting";
  const meaning = meaningOf(run.amazonStatus ?? "");
  return meaning === "fail" || meaning === "cancel" ? "waiting" : "running";
}
