import { z } from "zod";
import { defineJob, type Tick } from "../core/jobs/define";
import { staleDiscoveries } from "./connection-store";
import { Region } from "./contract";
import { discoverAccounts } from "./discover-accounts";
import { discoverJob, enqueueDiscovery } from "./enqueue-discovery";
import { forgetCalls } from "./forget-calls";
import { ProbeInput, probeJob, runProbe } from "./probe-account";

export const discoverAccountsJob = defineJob({
  name: discoverJob,
  input: z.object({
    connectionId: z.uuid(),
    regions: z.array(Region).optional(),
    attempt: z.int().nonnegative().optional(),
  }),
  run: discoverAccounts,
});

export const probeAccountJob = defineJob({
  name: probeJob,
  input: ProbeInput,
  run: (ctx, asked) => runProbe(ctx, asked),
});

const dayMs = 24 * 3_600_000;

/** Once a day each connection is looked through again: new accounts, and rights that were taken or given back. */
export const rediscoverTick: Tick = {
  name: "connections.rediscover",
  rule: "0 */10 * * * *",
  run: (ctx) =>
    ctx.tx(async (tx) => {
      const stale = await staleDiscoveries(tx, new Date(tx.now().getTime() - dayMs));
      for (const id of stale) await enqueueDiscovery(tx, id);
    }),
};

/** The ledger of calls is kept for a month. */
export const forgetCallsTick: Tick = { name: "connections.forget-calls", rule: "0 41 3 * * *", run: forgetCalls };
