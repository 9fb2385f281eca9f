import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { lockConnection } from "./connection-store";

/** Locks the connection: a disconnect comes before or after what was found is stored, never in between. */
export async function requireConnected(tx: TxCtx, connectionId: string): Promise<void> {
  const connection = await lockConnection(tx, connectionId);
  if (connection && connection.state !== "disconnected") return;
  throw new AppError("precondition", "The connection was disconnected while its accounts were looked for.");
}
