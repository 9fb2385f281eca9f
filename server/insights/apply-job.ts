import { z } from "zod";
import type { Actor, TxCtx } from "../core/context";

const Person = z.union([
  z.object({ kind: z.literal("user"), userId: z.string(), name: z.string(), sessionId: z.string() }),
  z.object({ kind: z.literal("key"), keyId: z.string(), name: z.string(), userId: z.string() }),
]);

/** `actor`: who applied, in whose name outcomes are written. */
export const ApplyInput = z.object({
  setId: z.uuid(),
  accountId: z.uuid(),
  /** Times it has been put off since Amazon last answered. */
  waits: z.int(),
  actor: Person,
});
export type ApplyInput = z.infer<typeof ApplyInput>;

export const applyJobName = "insights.apply-changes";

/** Changes of one account are sent one set after the other. */
export function enqueueApply(
  tx: TxCtx,
  input: Omit<ApplyInput, "actor"> & { actor: Actor },
  runAt?: Date,
): Promise<void> {
  const { setId, accountId, actor } = input;
  // A session's id opens it: it has no business in a job.
  const named = actor.kind === "user" ? { ...actor, sessionId: "" } : actor;
  return tx.enqueue(applyJobName, ApplyInput.parse({ ...input, actor: named }), {
    runAt,
    key: `changes:${setId}:${accountId}`,
    queue: `changes:${accountId}`,
  });
}
