import type { Ctx, TxCtx } from "../core/context";
import { verifierBinding } from "./begin-oauth";
import { countGrantKeys, type GrantRow, grantsSealedElsewhere, resealGrant } from "./grant-store";
import { countStateKeys, resealState, statesSealedElsewhere, tidyStates } from "./oauth-store";
import { currentSeal, tokenBinding } from "./seal-tokens";
import "./services";

export interface Rotation {
  /** Rows sealed anew in this run. */
  rotated: number;
  /** Rows under the newest key and scheme now. */
  current: number;
  /** Rows that still need an older key. While there is one, no older key may be dropped. */
  failed: number;
  /** Rows by `<scheme>:<key id>`, as they stand now. */
  rowsUnder: Record<string, number>;
}

const batch = 200;
/** Rows that a refresh rewrote under an older key, by a process that has not got the new one yet, come again. */
const passes = 3;

/**
 * Seals every secret of the agency anew under the newest key, while the product runs. Can be stopped and run again at
 * any point. A row that a refresh rewrites meanwhile is left to the refresh, which seals it itself.
 */
export async function rotateKeys(ctx: Ctx): Promise<Rotation> {
  const target = currentSeal(ctx.services.vault);
  await ctx.tx(tidyStates);
  let rotated = 0;
  for (let pass = 0; pass < passes; pass++) {
    const step = (await rotateGrants(ctx, target)) + (await ctx.tx((tx) => rotateStates(tx, target)));
    rotated += step;
    if (step === 0) break;
  }
  const rowsUnder = await ctx.tx(async (tx) => {
    const under = await countKeys(tx);
    const entry = { action: "connection.keys_rotated", target: { type: "agency", id: tx.agencyId } };
    if (rotated > 0) await tx.audit({ ...entry, after: { rotated, rowsUnder: under } });
    return under;
  });
  const total = Object.values(rowsUnder).reduce((sum, rows) => sum + rows, 0);
  const current = rowsUnder[target] ?? 0;
  return { rotated, current, failed: total - current, rowsUnder };
}

async function rotateGrants(ctx: Ctx, target: string): Promise<number> {
  let rotated = 0;
  for (let after: string | null = null; ; ) {
    const page: GrantRow[] = await ctx.tx((tx) => grantsSealedElsewhere(tx, target, { after, limit: batch }));
    const last = page.at(-1);
    if (!last) return rotated;
    // One transaction each: refreshes store several grants at once, in an order of their own.
    for (const grant of page) if (await ctx.tx((tx) => rotateGrant(tx, grant, target))) rotated++;
    after = last.connectionId;
  }
}

async function rotateGrant(tx: TxCtx, grant: GrantRow, target: string): Promise<boolean> {
  const resealed = attempt(tx, grant.connectionId, () => ({
    sealedUnder: target,
    refreshToken: reseal(tx, grant, "refreshToken"),
    accessToken: reseal(tx, grant, "accessToken"),
  }));
  return resealed !== null && (await resealGrant(tx, grant, resealed));
}

async function rotateStates(tx: TxCtx, target: string): Promise<number> {
  let rotated = 0;
  for (const row of await statesSealedElsewhere(tx, target)) {
    const binding = verifierBinding(tx.agencyId, row.id);
    const verifier = attempt(tx, row.id, () => tx.services.vault.rotate(binding, row.codeVerifier ?? ""));
    if (verifier && (await resealState(tx, row, verifier))) rotated++;
  }
  return rotated;
}

function reseal(tx: TxCtx, grant: GrantRow, field: "refreshToken" | "accessToken"): string | null {
  const stored = grant[field];
  if (stored === null) return null;
  return tx.services.vault.rotate(
    tokenBinding({ agencyId: tx.agencyId, connectionId: grant.connectionId }, field),
    stored,
  );
}

/** A secret that does not open keeps its row as it is. */
function attempt<T>(tx: TxCtx, id: string, work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    tx.log.error({ err: error, id }, "a secret could not be sealed anew");
    return null;
  }
}

async function countKeys(tx: TxCtx): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const count of [...(await countGrantKeys(tx)), ...(await countStateKeys(tx))]) {
    rows[count.sealedUnder] = (rows[count.sealedUnder] ?? 0) + count.rows;
  }
  return rows;
}
