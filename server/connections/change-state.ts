import type { TxCtx } from "../core/context";
import { type ConnectionRow, type StateChange, writeState } from "./connection-store";

/** Writes a state with its reason; an audit row where the state itself changed. The row must be locked. */
export async function changeState(tx: TxCtx, row: ConnectionRow, change: StateChange): Promise<void> {
  const same = row.state === change.state && row.stateReason === change.reason && row.stateRemedy === change.remedy;
  if (same) return;
  await writeState(tx, row, change);
  await tx.changed("connections", [row.id]);
  if (row.state === change.state) return;
  await tx.audit({
    action: `connection.became_${change.state}`,
    target: { type: "connection", id: row.id, label: row.amazonUserName },
    before: { state: row.state, reason: row.stateReason },
    after: { state: change.state, reason: change.reason },
  });
}
