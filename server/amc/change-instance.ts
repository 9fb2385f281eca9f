// Making instances, giving them to brands, attaching advertisers, looking at them anew.
import { z } from "zod";
import { onBehalf } from "../connections";
import { command } from "../core/command";
import type { Ctx, TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { findBrand } from "../workspace";
import { enqueueCheck } from "./check-instance";
import { type AdvertiserRef, AttachAdvertisers, InstanceChange, InstanceCreate, InstanceId } from "./contract";
import { askAccounts } from "./discover-instances";
import {
  addAccess,
  brandsOfAdvertisers,
  changeInstanceRow,
  findInstance,
  type InstanceRow,
  insertInstance,
  lockInstance,
  usableConnections,
} from "./instance-store";
import { getInstance } from "./list-instances";

export const createInstance = command({
  name: "amc-instance.create",
  permission: "instances.write",
  input: InstanceCreate,
  brandOf: ({ brandId }) => brandId,
  run: async (tx, { connectionId, advertisers, ...wish }) => {
    const [connection] = await usableConnections(tx, connectionId);
    if (!connection) throw notFound("This connection");
    if (wish.brandId) await findBrand(tx, wish.brandId);
    await requireAdvertisers(tx, { advertisers });
    const row = await insertInstance(tx, {
      ...wish,
      type: "STANDARD",
      accountName: wish.accountId,
      timeZone: "UTC",
      status: "WISHED",
      toAdd: advertisers,
    });
    await addAccess(tx, row.id, connectionId);
    await enqueueCheck(tx, row.id);
    return { result: await shown(tx, row), audit: { action: "amc_instance.asked_for", ...about(row), after: wish } };
  },
});

export const changeInstance = command({
  name: "amc-instance.change",
  permission: "instances.write",
  input: InstanceChange,
  brandOf,
  run: async (tx, { id, version, ...change }) => {
    const before = await lock(tx, id);
    if (before.version !== version) {
      throw new AppError("conflict", "The instance was changed meanwhile.", { present: await getInstance(tx, id) });
    }
    if (change.brandId) await findBrand(tx, change.brandId);
    if (change.brandId && !tx.can("instances.write", change.brandId)) throw notFound("This brand");
    await changeInstanceRow(tx, id, { ...change, version: version + 1 });
    const { brandId, timeZone } = before;
    const entry = { action: "amc_instance.changed", ...about(before), before: { brandId, timeZone }, after: change };
    return { result: await shown(tx, before), audit: entry };
  },
});

/** Amazon takes ten at a time: the rest wait here. */
export const attachAdvertisers = command({
  name: "amc-instance.attach",
  permission: "instances.write",
  input: AttachAdvertisers,
  brandOf,
  run: async (tx, { id, add, remove }) => {
    const row = await lock(tx, id);
    await requireAdvertisers(tx, { add, remove });
    await changeInstanceRow(tx, id, { toAdd: [...row.toAdd, ...add], toRemove: [...row.toRemove, ...remove] });
    await enqueueCheck(tx, id);
    const after = { add: add.map((one) => one.id), remove: remove.map((one) => one.id) };
    return {
      result: await shown(tx, row),
      audit: { action: "amc_instance.advertisers_changed", ...about(row), after },
    };
  },
});

export const lookAtInstance = command({
  name: "amc-instance.check",
  permission: "instances.write",
  input: InstanceId,
  brandOf,
  run: async (tx, { id }) => {
    const row = await lock(tx, id);
    await enqueueCheck(tx, id);
    return { result: await shown(tx, row), audit: { action: "amc_instance.check_asked", ...about(row) } };
  },
});

const allowAccounts = command({
  name: "amc-instance.accounts",
  permission: "instances.write",
  input: z.strictObject({ connectionId: z.uuid() }),
  run: async (_tx, { connectionId }) => ({ result: connectionId, audit: null }),
});

/** The AMC accounts in which a connection may make instances: Amazon is asked now, outside any transaction. */
export const listAccountChoices = Object.assign(
  async (ctx: Ctx, input: { connectionId: string }) => {
    const connectionId = await allowAccounts(ctx, input);
    return { accounts: await onBehalf(ctx, { connectionId }, () => askAccounts(ctx, connectionId)) };
  },
  { spec: allowAccounts.spec },
);

async function brandOf({ id }: { id: string }, tx: TxCtx): Promise<string | null> {
  return (await getInstance(tx, id)).brandId;
}

/** Each is of a brand whose instances the actor may change; one of no brand, or not known here, is for whoever may change all. */
async function requireAdvertisers(tx: TxCtx, given: Record<string, readonly AdvertiserRef[]>): Promise<void> {
  for (const [field, advertisers] of Object.entries(given)) {
    const brands = await brandsOfAdvertisers(
      tx,
      advertisers.map(({ id }) => id),
    );
    if ([...brands].every((brandId) => tx.can("instances.write", brandId))) continue;
    throw new AppError("invalid", "Not all of these advertisers can be chosen.", {
      fields: { [field]: "One of them is no advertiser of a brand whose instances you may change." },
      remedy: "Choose advertisers of your brands.",
    });
  }
}

async function lock(tx: TxCtx, id: string): Promise<InstanceRow> {
  const row = await lockInstance(tx, id);
  if (!row) throw notFound("This AMC instance");
  return row;
}

/** Who gave it away sees it no more. */
const shown = async (tx: TxCtx, { id }: InstanceRow) => ((await findInstance(tx, id)) ? getInstance(tx, id) : { id });

const about = ({ id, name, brandId }: InstanceRow) => ({
  target: { type: "amc-instance", id, label: name },
  brandId,
});
