import type { TxCtx } from "../core/context";
import { requireRead } from "../core/query";
import { Region } from "./contract";
import { type GateRow, readGates } from "./gate-store";
import { gateKeys, standingOf } from "./token-gate";
import "./services";

/** A host that no token is asked of now, but for a look now and then whether it is back. */
export interface ClosedTokenHost {
  /** Whose tokens come from it. */
  regions: Region[];
  /** `unavailable`: it gave no answer several times in a row. `client_rejected`: it does not accept our client. */
  cause: GateRow["cause"];
  reason: string;
  remedy: string;
  /** ISO 8601 in UTC: when it first failed. */
  since: string;
}

/** Of this installation, and so the same for every agency. */
export async function closedTokenHosts(tx: TxCtx): Promise<ClosedTokenHost[]> {
  requireRead(tx, "health.read", "anyBrand");
  const { lwa } = tx.services.amazon;
  const gates = await readGates(tx, gateKeys(lwa));
  return gates.flatMap((gate) => {
    const standing = standingOf(gate, tx.now());
    if (standing.kind === "open") return [];
    const regions = Region.options.filter((region) => lwa.tokenHost(region) === gate.key);
    const { cause, reason, since } = gate;
    return [{ regions, cause, reason, remedy: standing.failure.remedy, since: since.toISOString() }];
  });
}
