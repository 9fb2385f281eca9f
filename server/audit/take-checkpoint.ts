// Once a day, and before an export: a signed statement of where the agency's chain stands.
import type { Ctx, TxCtx } from "../core/context";
import { type CheckpointRow, findHead, insertCheckpoint, selectCheckpoints, selectSigningKeys } from "./chain-store";
import type { Place } from "./check-chain";
import { fileCheckpoints } from "./checkpoint-file";
import { type SignedCheckpoint, signStatement } from "./signing";
import { currentSigningKey } from "./signing-keys";

export const signedOf = ({ agencyId, seq, hash, at, keyId, signature }: CheckpointRow): SignedCheckpoint => ({
  agencyId,
  seq,
  hash,
  at: at.toISOString(),
  keyId,
  signature,
});

/** @returns where the chain stands; null where the agency has no event yet */
export async function takeCheckpoint(ctx: Ctx): Promise<Place | null> {
  const head = await ctx.tx(async (tx) => {
    const place = await findHead(tx);
    if (place) await sign(tx, place);
    return place;
  });
  await fileThem(ctx);
  return head;
}

/** The day's first caller signs; every process files what its disk does not hold yet. */
export async function takeDailyCheckpoint(ctx: Ctx): Promise<void> {
  await ctx.tx(async (tx) => {
    const [head, checkpoints] = [await findHead(tx), await selectCheckpoints(tx)];
    const last = checkpoints.at(-1);
    if (!head || (last && dayOf(last.at) === dayOf(tx.now()))) return;
    if (last?.seq !== head.seq) await sign(tx, head);
  });
  await fileThem(ctx);
}

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);

async function sign(tx: TxCtx, place: Place): Promise<void> {
  const at = tx.now();
  const key = await currentSigningKey(tx, tx);
  const signed = signStatement({ agencyId: tx.agencyId, ...place, at: at.toISOString() }, key);
  await insertCheckpoint(tx, { ...signed, at });
}

async function fileThem(ctx: Ctx): Promise<void> {
  const { rows, keys } = await ctx.tx(async (tx) => ({
    rows: await selectCheckpoints(tx),
    keys: await selectSigningKeys(tx),
  }));
  const publicKeys = new Map(keys.map(({ id, publicKey }) => [id, publicKey]));
  const signed = rows.map((row) => ({ ...signedOf(row), publicKey: publicKeys.get(row.keyId) ?? "" }));
  await fileCheckpoints(ctx.services.checkpointFolder, ctx.agencyId, signed);
}
