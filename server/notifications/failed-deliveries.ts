import type { TxCtx } from "../core/context";
import { requireRead } from "../core/query";
import type { MessageSubject } from "./contract";
import { selectFailed } from "./delivery-store";

/** A message that could not leave the product; it is in the person's inbox, unread. */
export interface FailedDelivery {
  id: string;
  /** Who was to get it. */
  person: string;
  /** The message's title. */
  title: string;
  /** What the message is about. */
  subject: MessageSubject;
  /** What the other side answered. */
  note: string | null;
}

/**
 * Given up for good, and still unread: until the person reads it, a later one gets through, or they want none. Whoever
 * looks after some brands only sees none: messages are other people's.
 */
export async function failedDeliveries(tx: TxCtx): Promise<FailedDelivery[]> {
  requireRead(tx, "health.read", "anyBrand");
  return tx.can("health.read") ? selectFailed(tx) : [];
}
