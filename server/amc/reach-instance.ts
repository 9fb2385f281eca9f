// How to ask Amazon about an instance: through which connection, and as which AMC account.
import type { InstanceAccess } from "../amazon";
import { withAccessToken } from "../connections";
import type { Ctx } from "../core/context";
import { AppError } from "../core/errors";
import { connectionsFor, type InstanceRow } from "./instance-store";

export interface Reach {
  connectionId: string;
  /** Makes the call with a valid token. */
  ask<T>(call: (access: InstanceAccess) => Promise<T>): Promise<T>;
}

/** @throws {AppError} precondition where no connection can be used now */
export async function reachInstance(ctx: Ctx, instance: InstanceRow): Promise<Reach> {
  const [connectionId] = await ctx.tx((tx) => connectionsFor(tx, instance.id));
  if (!connectionId || !instance.amazonId) {
    throw new AppError("precondition", `No healthy connection reaches the AMC instance "${instance.name}".`, {
      remedy: "Look at Connections: one that reaches it must be connected, or consent again.",
    });
  }
  const { region, amazonId, accountId, marketplaceId } = instance;
  const access = { region, instanceId: amazonId, owner: { accountId, marketplaceId } };
  return {
    connectionId,
    ask: (call) => withAccessToken(ctx, connectionId, (accessToken) => call({ ...access, accessToken })),
  };
}
