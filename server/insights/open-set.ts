import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import type { SetState } from "./change-contract";
import { requireWritable } from "./change-rights";
import { brandsOfSet, lockSet, type SetRow } from "./change-store";

const words: Record<SetState, string> = {
  draft: "It is a draft.",
  applying: "It is being applied.",
  applied: "It has been applied.",
  partly: "It has been applied.",
  failed: "It has been applied.",
  discarded: "It was discarded.",
};

/** The set, locked, where the actor may write all that is in it and it is in one of the states. */
export async function openSet(tx: TxCtx, id: string, states: readonly SetState[]): Promise<SetRow> {
  const set = await lockSet(tx, id);
  if (!set) throw notFound("The change set");
  const brandIds = await brandsOfSet(tx, id);
  const person = tx.actor.kind === "user" || tx.actor.kind === "key" ? tx.actor.userId : null;
  if (brandIds.length === 0 && set.createdByUserId !== person && tx.brandsWith("campaigns.write") !== "all") {
    throw notFound("The change set");
  }
  const seesOne = tx.brandIds === "all" || brandIds.some((brandId) => brandId && tx.brandIds.includes(brandId));
  if (brandIds.length > 0 && !seesOne) throw notFound("The change set");
  requireWritable(tx, brandIds);
  if (states.includes(set.state)) return set;
  throw new AppError("conflict", words[set.state], { remedy: "Look at it again." });
}
