import type { Ctx } from "../core/context";
import { revokeKey } from "./change-keys";
import type { ApiKey } from "./key-contract";
import { keyStart } from "./key-secret";
import { selectByStart } from "./key-store";

/** For operators who found a key where it should not be: revokes those of the agency that start so. A whole key is cut first. */
export async function revokeByStart(ctx: Ctx, text: string): Promise<ApiKey[]> {
  const found = await ctx.tx((tx) => selectByStart(tx, keyStart(text.trim())));
  const revoked: ApiKey[] = [];
  for (const { id } of found) revoked.push((await revokeKey(ctx, { id })) as ApiKey);
  return revoked;
}
