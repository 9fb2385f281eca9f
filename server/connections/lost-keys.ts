// Tokens sealed under a key that is not configured: the installation must not run as if they were there.
import type { Ctx } from "../core/context";
import { changeState } from "./change-state";
import { lockConnection } from "./connection-store";
import { countGrantKeys, eraseTokens, grantsUnder } from "./grant-store";
import "./services";

const keyIdOf = (sealedUnder: string) => sealedUnder.split(":")[1] ?? sealedUnder;

/** Grants that no configured key opens, counted by the id of the key they need. */
export async function countLostKeys(ctx: Ctx): Promise<Record<string, number>> {
  const lost: Record<string, number> = {};
  for (const { sealedUnder, rows } of await ctx.tx(countGrantKeys)) {
    const id = keyIdOf(sealedUnder);
    if (!ctx.services.vault.keyIds.includes(id)) lost[id] = (lost[id] ?? 0) + rows;
  }
  return lost;
}

/** Deletes what cannot be opened any more; its Amazon users must consent again. @returns how many connections */
export async function forgetLostTokens(ctx: Ctx): Promise<number> {
  return ctx.tx(async (tx) => {
    const under = (await countGrantKeys(tx)).map((count) => count.sealedUnder);
    const lost = under.filter((sealedUnder) => !tx.services.vault.keyIds.includes(keyIdOf(sealedUnder)));
    const ids = await grantsUnder(tx, lost);
    for (const id of ids) {
      const row = await lockConnection(tx, id);
      if (!row) continue;
      await eraseTokens(tx, id);
      if (row.state === "disconnected") continue;
      await changeState(tx, row, {
        state: "needs_reconsent",
        reason: "The key that its tokens were encrypted with is lost, so they were deleted.",
        remedy: `${row.amazonUserName} must consent again: choose Reconnect and sign in to Amazon as this user.`,
      });
    }
    return ids.length;
  });
}
