import type { Ctx } from "../core/context";
import { callsKeptDays } from "./call-contract";
import { removeCallsBefore } from "./call-store";

const batch = 5_000;

/** In short transactions: the ledger is written all the while. */
export async function forgetCalls(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - callsKeptDays * 24 * 3_600_000);
  let removed: number;
  do removed = await ctx.tx((tx) => removeCallsBefore(tx, before, batch));
  while (removed === batch);
}
