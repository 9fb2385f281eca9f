// Tokens that no configured key opens.
import type { Ctx } from "../core/context";
import { countLost, isLost, type LostKeys } from "../core/crypto/lost-keys";
import { changeState } from "./change-state";
import { lockConnection } from "./connection-store";
import { countGrantKeys, eraseTokens, grantsUnder } from "./grant-store";
import "./services";

/** Of grants. */
export const countLostKeys = async (ctx: Ctx): Promise<LostKeys> =>
  countLost(ctx.services.vault, await ctx.tx(countGrantKeys));

/** Deletes what cannot be opened any more; its Amazon users must consent again. @returns how many connections */
export async function forgetLostTokens(ctx: Ctx): Promise<number> {
  return ctx.tx(async (tx) => {
    const under = (await countGrantKeys(tx)).map((count) => count.sealedUnder);
    const lost = under.filter((sealedUnder) => isLost(tx.services.vault, sealedUnder));
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
