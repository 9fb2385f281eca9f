// Looks through the AMC accounts of connections for instances. Each one found is then checked by a job of its own, so that fifty come in one go
// and a process that dies loses none.
import { z } from "zod";
import { type AmcOwner, Rejected } from "../amazon";
import { onBehalf, withAccessToken } from "../connections";
import type { Region } from "../connections/contract";
import { command } from "../core/command";
import type { Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { enqueueCheck } from "./check-instance";
import { dropUnseen, upsertInstance, usableConnections } from "./instance-store";

export const discoverName = "amc.discover-instances";
export const DiscoverInput = z.object({ connectionId: z.uuid() });

export const discoverInstances = command({
  name: "amc-instance.discover",
  permission: "instances.write",
  input: z.strictObject({ connectionId: z.uuid().optional() }),
  run: async (tx, { connectionId }) => {
    const found = await usableConnections(tx, connectionId);
    if (found.length === 0) {
      throw new AppError("precondition", "There is no connection that can be used now.", {
        remedy: "Connect an Amazon user who may use AMC.",
      });
    }
    for (const { id } of found) await enqueueDiscovery(tx, id);
    const target = { type: "amc-instance", id: connectionId ?? "all", label: "AMC instances" };
    return {
      result: { connections: found.length },
      audit: { action: "amc_instances.discovery_asked", target, after: { connections: found.length } },
    };
  },
});

/** Who may reach advertisers may reach instances: nobody has to press for it. */
export const discoverAfterAccounts = (ctx: Ctx): Promise<void> =>
  ctx.tx(async (tx) => {
    for (const { id } of await usableConnections(tx)) await enqueueDiscovery(tx, id);
  });

const enqueueDiscovery = (tx: TxCtx, connectionId: string): Promise<void> =>
  tx.enqueue(discoverName, { connectionId }, { key: `${discoverName}:${connectionId}` });

export interface AccountChoice {
  accountId: string;
  accountName: string;
  marketplaceId: string;
}

/** The AMC accounts that a connection may use. */
export async function askAccounts(ctx: Ctx, connectionId: string): Promise<(AccountChoice & { region: Region })[]> {
  const [connection] = await ctx.tx((tx) => usableConnections(tx, connectionId));
  if (!connection) return [];
  const { region } = connection;
  const found = await withAccessToken(ctx, connectionId, (accessToken) =>
    ctx.services.amazon.amc.listAccounts({ region, accessToken }),
  );
  return found.map(({ accountId, accountName, marketplaceId }) => ({
    accountId,
    accountName: accountName ?? accountId,
    marketplaceId,
    region,
  }));
}

/** May be run again at any point: what was found is found again. */
export const runDiscovery = (ctx: Ctx, { connectionId }: z.infer<typeof DiscoverInput>): Promise<void> =>
  onBehalf(ctx, { connectionId, priority: "person" }, async () => {
    const began = ctx.now();
    const refused: string[] = [];
    for (const account of await askAccounts(ctx, connectionId)) {
      const { region, accountId, marketplaceId } = account;
      const owner: AmcOwner = { accountId, marketplaceId };
      const found = await withAccessToken(ctx, connectionId, (accessToken) =>
        ctx.services.amazon.amc.listInstances({ region, accessToken, owner }),
      ).catch((error: unknown) => {
        // Terms that nobody accepted close one account, not the others.
        if (!(error instanceof Rejected)) throw error;
        refused.push(`${account.accountName}: ${error.details ?? error.message}`);
        return [];
      });
      for (const { instanceId, instanceName, instanceType, creationStatus } of found) {
        await ctx.tx((tx) =>
          keep(tx, connectionId, {
            ...account,
            amazonId: instanceId,
            name: instanceName,
            type: instanceType ?? "STANDARD",
            status: creationStatus ?? "COMPLETED",
          }),
        );
      }
    }
    if (refused.length > 0) ctx.log.info({ connectionId, refused }, "AMC accounts that cannot be looked into");
    await ctx.tx((tx) => dropUnseen(tx, connectionId, began));
  });

async function keep(tx: TxCtx, connectionId: string, found: Parameters<typeof upsertInstance>[2]): Promise<void> {
  const id = await upsertInstance(tx, connectionId, found);
  await enqueueCheck(tx, id);
  await tx.changed("amc-instances", [id]);
}
