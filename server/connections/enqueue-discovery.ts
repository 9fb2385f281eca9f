import type { TxCtx } from "../core/context";
import type { Region } from "./contract";

export const discoverJob = "connections.discover";

export interface Discovery {
  connectionId: string;
  /** Left out: all of them. */
  regions?: Region[];
  /** Tries before this one. */
  attempt?: number;
}

/** One discovery of a connection waits at a time; a later wish replaces it. */
export async function enqueueDiscovery(tx: TxCtx, connectionId: string): Promise<void> {
  const input: Discovery = { connectionId };
  await tx.enqueue(discoverJob, input, { key: `${discoverJob}:${connectionId}`, queue: discoveryQueue(connectionId) });
}

/** One after the other: a discovery ends by forgetting what it has not seen, which another may just have found. */
export const discoveryQueue = (connectionId: string): string => `${discoverJob}:${connectionId}`;
