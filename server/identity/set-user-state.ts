import type { TxCtx } from "../core/context";
import { deleteSessionsOf, updateUser } from "./store";

/** Suspending ends all sessions at once; reactivating lets the person sign in again with the same password. */
export async function setUserState(ctx: TxCtx, userId: string, state: "active" | "suspended"): Promise<void> {
  await updateUser(ctx, userId, { state });
  if (state === "suspended") await deleteSessionsOf(ctx, { userId });
}
