import type { Ctx, TxCtx } from "../core/context";
import { secretBinding } from "./action-secret";
import { type ActionRow, lockAction, sealedOf, selectActions, updateSecrets } from "./action-store";

/** Seals what signs the agency's calls under the newest key, one action at a time, while the product runs. */
export async function rotateActionSecrets(ctx: Ctx): Promise<{ rotated: number; failed: number }> {
  const count = { rotated: 0, failed: 0 };
  for (const { id } of await ctx.tx(selectActions)) {
    await ctx.tx(async (tx) => {
      const action = await lockAction(tx, id);
      if (!action || !needsRotation(tx, action)) return;
      try {
        await updateSecrets(tx, id, resealed(tx, action));
        count.rotated++;
      } catch (error) {
        tx.log.error({ err: error, id }, "the secret of an action could not be sealed anew");
        count.failed++;
      }
    });
  }
  return count;
}

const needsRotation = ({ services }: TxCtx, action: ActionRow): boolean =>
  sealedOf(action).some((sealed) => services.vault.needsRotation(sealed));

function resealed({ agencyId, services }: TxCtx, action: ActionRow): Pick<ActionRow, "secret" | "formerSecret"> {
  const binding = secretBinding(agencyId, action.id);
  const [secret = "", formerSecret = null] = sealedOf(action).map((sealed) => services.vault.rotate(binding, sealed));
  return { secret, formerSecret };
}
