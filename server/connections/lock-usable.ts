import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { type ConnectionRow, lockConnection } from "./connection-store";

/**
 * Locks a connection that tokens can be had for.
 * @throws {AppError} not_found, or precondition with `reason` where it is disconnected or needs a new consent
 */
export async function lockUsable(tx: TxCtx, id: string, reason: string): Promise<ConnectionRow> {
  const connection = await lockConnection(tx, id);
  if (!connection) throw notFound("The connection");
  if (connection.state !== "disconnected" && connection.state !== "needs_reconsent") return connection;
  throw new AppError("precondition", reason, { remedy: connection.stateRemedy ?? "Connect the Amazon user again." });
}
