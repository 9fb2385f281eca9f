// Takes one instance on from where it is: asked for, made, its advertisers attached ten at a time, its tables looked at. May be run again at any
// point, and holds no transaction while Amazon is asked.
import { z } from "zod";
import { onBehalf, withAccessToken } from "../connections";
import type { Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { failpoint } from "../core/failpoint";
import { backoffMs, failureOf } from "../insights";
import type { AdvertiserRef } from "./contract";
import {
  addAccess,
  brandOfAdvertisers,
  changeInstanceRow,
  connectionsFor,
  giveToBrand,
  type InstanceRow,
  knownAmazonIds,
  lockInstance,
} from "./instance-store";
import { isReady } from "./list-instances";
import { type Reach, reachInstance } from "./reach-instance";

export const checkName = "amc.check-instance";
export const CheckInput = z.object({ instanceId: z.uuid() });

/** Amazon takes so many changes of advertisers in one update (contracts 5.1). */
const mostChanges = 10;
const pollMs = 30_000;

export const enqueueCheck = (tx: TxCtx, instanceId: string, runAt?: Date): Promise<void> =>
  tx.enqueue(
    checkName,
    { instanceId },
    { runAt, key: `${checkName}:${instanceId}`, queue: `amc-instance:${instanceId}` },
  );

export async function checkInstance(ctx: Ctx, { instanceId }: z.infer<typeof CheckInput>): Promise<void> {
  const instance = await ctx.tx((tx) => lockInstance(tx, instanceId));
  if (!instance) return;
  try {
    await onBehalf(ctx, { brandId: instance.brandId, priority: "person" }, () =>
      instance.amazonId ? lookAt(ctx, instance) : ask(ctx, instance),
    );
  } catch (error) {
    const failure = failureOf(error, instance.waits);
    if (!failure) throw error;
    await ctx.tx(async (tx) => {
      const over = failure.kind === "fail";
      const change = { note: failure.note, waits: over ? 0 : instance.waits + 1 };
      await changeInstanceRow(tx, instanceId, over && !instance.amazonId ? { ...change, status: "FAILED" } : change);
      if (!over) await enqueueCheck(tx, instanceId, later(tx, failure.afterMs));
    });
  }
}

const later = (ctx: Ctx, afterMs: number) => new Date(ctx.now().getTime() + afterMs);

/** Amazon remembers the token for ten minutes; after that a lost answer is found by the instance's name. */
async function ask(ctx: Ctx, instance: InstanceRow): Promise<void> {
  const { id, name: instanceName, region, accountId, marketplaceId } = instance;
  const [connectionId] = await ctx.tx((tx) => connectionsFor(tx, id));
  if (!connectionId) throw new AppError("precondition", "The connection it is to be made through cannot be used now.");
  const { amc } = ctx.services.amazon;
  const place = { region, owner: { accountId, marketplaceId } };
  const [all, known] = [
    await withAccessToken(ctx, connectionId, (accessToken) => amc.listInstances({ ...place, accessToken })),
    await ctx.tx((tx) => knownAmazonIds(tx, { accountId, except: id })),
  ];
  const earlier = all.find((one) => one.instanceName === instanceName && !known.has(one.instanceId));
  const made =
    earlier ??
    (await withAccessToken(ctx, connectionId, (accessToken) =>
      amc.createInstance({ ...place, accessToken, instanceName, idempotencyToken: id }),
    ));
  failpoint("amc.instance-created");
  await ctx.tx(async (tx) => {
    const status = made.creationStatus ?? "REQUESTED";
    const type = made.instanceType ?? instance.type;
    await changeInstanceRow(tx, id, { amazonId: made.instanceId, type, status, waits: 0, note: null });
    await addAccess(tx, id, connectionId);
    await enqueueCheck(tx, id, later(tx, pollMs));
  });
}

async function lookAt(ctx: Ctx, instance: InstanceRow): Promise<void> {
  const { amc } = ctx.services.amazon;
  const reach = await reachInstance(ctx, instance);
  const { instanceName, creationStatus } = await reach.ask((access) => amc.getInstance(access));
  const status = creationStatus ?? "COMPLETED";
  if (!isReady({ status })) {
    return ctx.tx(async (tx) => {
      const note = status === "FAILED" ? "Amazon could not make it." : null;
      await changeInstanceRow(tx, instance.id, { name: instanceName, status, note, waits: instance.waits + 1 });
      if (status !== "FAILED") await enqueueCheck(tx, instance.id, later(tx, pollMs + backoffMs(instance.waits)));
    });
  }
  if (await attachNext(ctx, instance, reach)) return;
  const advertisers = await reach.ask((access) => amc.listAdvertisers(access));
  const sources = await reach.ask((access) => amc.listDataSources(access));
  await ctx.tx(async (tx) => {
    await changeInstanceRow(tx, instance.id, {
      name: instanceName,
      status,
      waits: 0,
      advertisers: advertisers.map(({ id, name, type, marketplaceId }) => ({
        id,
        name: name ?? id,
        type,
        marketplaceId: marketplaceId ?? null,
      })),
      tables: sources.map(({ dataSourceId }) => dataSourceId).sort(),
      checkedAt: tx.now(),
    });
    const brand = await brandOfAdvertisers(
      tx,
      advertisers.map(({ id }) => id),
    );
    if (brand?.brandId) await giveToBrand(tx, instance.id, brand);
  });
}

/** One update is open at a time. @returns whether there is more to wait for */
async function attachNext(ctx: Ctx, instance: InstanceRow, reach: Reach): Promise<boolean> {
  const { amc } = ctx.services.amazon;
  const { id, updateId, toAdd, toRemove } = instance;
  if (updateId !== null) {
    const { status } = await reach.ask((access) => amc.getAdvertiserUpdate({ ...access, updateId }));
    const over = status === "REJECTED" || status === "COMPLETED" || status === "COMPLETE";
    const note = status === "REJECTED" ? "Amazon refused to change the advertisers." : null;
    await ctx.tx(async (tx) => {
      await changeInstanceRow(tx, id, over ? { updateId: null, note, waits: 0 } : { waits: instance.waits + 1 });
      await enqueueCheck(tx, id, over ? undefined : later(tx, pollMs));
    });
    return true;
  }
  if (toAdd.length + toRemove.length === 0) return false;
  const [add, remove] = [toAdd.slice(0, mostChanges), toRemove.slice(0, mostChanges)];
  const update = await reach.ask((access) => amc.updateAdvertisers({ ...access, add, remove }));
  failpoint("amc.advertisers-updated");
  await ctx.tx(async (tx) => {
    const now = await lockInstance(tx, id);
    const without = (all: AdvertiserRef[] = [], sent: AdvertiserRef[]) =>
      all.filter((one) => !sent.some((other) => other.id === one.id && other.type === one.type));
    await changeInstanceRow(tx, id, {
      updateId: update.updateId,
      toAdd: without(now?.toAdd, add),
      toRemove: without(now?.toRemove, remove),
      waits: 0,
      note: null,
    });
    await enqueueCheck(tx, id, later(tx, pollMs));
  });
  return true;
}
