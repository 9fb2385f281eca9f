import type { TxCtx } from "../core/context";
import { requireRead } from "../core/query";
import { selectLatestAlerts } from "./alert-store";
import type { MessageAction, MessageSubject } from "./contract";

/** The last that was said of something that is not well. */
export interface OpenAlert {
  subject: MessageSubject;
  signal: "attention" | "problem";
  title: string;
  action: MessageAction | null;
  at: string;
}

/**
 * What people were told and is not over, whoever was told, newest first. Open is what nobody said the end of, while its reader
 * has not read it or while the connection it is about does not work.
 */
export async function openAlerts(tx: TxCtx): Promise<OpenAlert[]> {
  requireRead(tx, "connections.read", "anyBrand");
  return selectLatestAlerts(tx);
}
