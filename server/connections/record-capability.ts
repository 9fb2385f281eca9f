import type { TxCtx } from "../core/context";
import { writeAccessCapability } from "./access-store";
import type { Capability, CapabilityName } from "./contract";
import { lockAccount } from "./reach-store";
import { refreshCapabilities } from "./store-accounts";

export interface Learned {
  accountId: string;
  connectionId: string;
  name: CapabilityName;
  capability: Capability;
}

/** What a first use has shown: a report was made, or refused for lack of rights. Holds until the next discovery. */
export async function recordCapability(tx: TxCtx, learned: Learned): Promise<void> {
  await lockAccount(tx, learned.accountId);
  const changed = await writeAccessCapability(tx, learned);
  if (!changed) return;
  await refreshCapabilities(tx, [learned.accountId]);
  await tx.changed("accounts", [learned.accountId]);
}
