// For slices that read and write at Amazon: which accounts can be worked on, and through which connection.
import type { TxCtx } from "../core/context";
import { selectConnectionsFor, selectSyncable } from "./access-store";
import { completed } from "./capabilities";
import type { Account, Capabilities, CapabilityName, Region } from "./contract";

export interface SyncableAccount {
  id: string;
  name: string;
  region: Region;
  /** DSP advertiser id. */
  amazonId: string;
  entityId: string | null;
  profileId: string | null;
  currency: string;
  /** IANA zone of its report days. */
  timeZone: string;
  countryCode: string;
  brandId: Account["brandId"];
  capabilities: Capabilities;
  /** Report requests a day and report type; null: hourly. */
  reportPullsPerDay: number | null;
}

/** DSP advertisers whose campaigns can be read now, of all brands and of none. */
export async function listSyncableAccounts(tx: TxCtx): Promise<SyncableAccount[]> {
  const rows = await selectSyncable(tx);
  return rows.map(
    ({ agencyId: _, kind: __, createdAt: ___, seenAt: ____, version: _____, connectionId: ______, ...account }) => ({
      ...account,
      capabilities: completed(account.capabilities),
    }),
  );
}

export interface Reach {
  connectionId: string;
  /** Profile of the DSP entity, as this connection sees it. */
  profileId: string | null;
}

/** The connection the account is read through, where it may do this; else the best other one, the healthiest first; else null. */
export async function connectionFor(tx: TxCtx, accountId: string, capability: CapabilityName): Promise<Reach | null> {
  const [best] = await selectConnectionsFor(tx, accountId, capability);
  return best ?? null;
}
