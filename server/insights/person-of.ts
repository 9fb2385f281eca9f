import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";

/** Who puts changes together: a person, or somebody's key. */
export function personOf({ actor }: TxCtx): { userId: string; name: string } {
  if (actor.kind === "user") return { userId: actor.userId, name: actor.name };
  if (actor.kind === "key") return { userId: actor.userId, name: `${actor.name} (API key)` };
  throw new AppError("forbidden", "Campaigns are changed by people.", { remedy: "Sign in first." });
}
