// How people of the agency sign in: when sessions end, and whom a password alone does not let in.
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { type SignInRules, SignInRulesChange } from "./agency-contract";
import { findSignInRules, updateSignInRules as storeRules } from "./agency-store";

/** @param id the agency's own id; any other is not found */
export async function getSignInRules(ctx: TxCtx, id: string): Promise<SignInRules> {
  const found = id === ctx.agencyId ? await findSignInRules(ctx) : null;
  if (!found) throw notFound("This agency");
  return found;
}

/** Holds at once, for sessions under way too. */
export const updateSignInRules = command({
  name: "sign-in-rules.update",
  permission: "agency.write",
  input: SignInRulesChange,
  run: async (ctx, { id, version, ...rules }) => {
    const before = await getSignInRules(ctx, id);
    const after = await storeRules(ctx, version, rules);
    if (!after) {
      throw new AppError("conflict", "Somebody else changed the sign-in rules meanwhile.", {
        remedy: "Look at them as they are now, then make your change again.",
      });
    }
    await ctx.changed("sign-in-rules", [id]);
    const { id: _, version: __, ...was } = before;
    return {
      result: after,
      audit: { action: "agency.sign_in_rules_changed", target: { type: "agency", id }, before: was, after: rules },
    };
  },
});
