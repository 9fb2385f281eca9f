// Secrets of custom actions that no configured key opens.
import type { Ctx } from "../core/context";
import { countLost, isLost, type LostKeys } from "../core/crypto/lost-keys";
import { makeSecret, sealSecret } from "./action-secret";
import { lockAction, sealedOf, selectActions, updateSecrets } from "./action-store";

export async function countLostActionKeys(ctx: Ctx): Promise<LostKeys> {
  const actions = await ctx.tx(selectActions);
  const sealed = actions.flatMap(sealedOf).map((sealedUnder) => ({ sealedUnder, rows: 1 }));
  return countLost(ctx.services.vault, sealed);
}

/**
 * Puts a secret that nobody was told in the place of a lost one: calls are refused by their receivers until an admin makes another and hands it
 * over. @returns how many actions
 */
export async function replaceLostSecrets(ctx: Ctx): Promise<number> {
  let replaced = 0;
  for (const { id } of await ctx.tx(selectActions)) {
    await ctx.tx(async (tx) => {
      const action = await lockAction(tx, id);
      if (!action) return;
      const { vault } = tx.services;
      const former = action.formerSecret;
      if (former && isLost(vault, former)) await updateSecrets(tx, id, { formerSecret: null, formerUntil: null });
      if (!isLost(vault, action.secret)) return;
      await updateSecrets(tx, id, { secret: sealSecret(tx, id, makeSecret()) });
      await tx.changed("custom-actions", [id]);
      await tx.audit({
        action: "custom-action.secret_lost",
        target: { type: "custom-action", id, label: action.label },
        after: { remedy: "Make a new secret and give it to the system that is called." },
      });
      replaced++;
    });
  }
  return replaced;
}
