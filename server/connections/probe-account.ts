import { z } from "zod";
import { AmazonError } from "../amazon";
import { command } from "../core/command";
import { type Ctx, isTx } from "../core/context";
import { AppError } from "../core/errors";
import { type Access, usableAccesses } from "./access-store";
import { accessSession } from "./access-token";
import type { AccountRow, FoundAccount } from "./account-store";
import { all, entityCapabilities, type FoundCapabilities } from "./capabilities";
import type { ProbeOutcome } from "./contract";
import { isEntity, ofEntity } from "./found-accounts";
import { getAccount } from "./list-accounts";
import { onBehalf } from "./on-behalf";
import type { Probing } from "./probe-advertiser";
import { listEntity, lookAtRegion, probeListed } from "./probe-entity";
import { requireConnected } from "./require-connected";
import { storeAccounts, storeTold } from "./store-accounts";

export const probeJob = "connections.probe";

export const ProbeInput = z.object({ accountId: z.uuid(), askedAt: z.iso.datetime() });

/** How long a person waits for Amazon; after it a job goes on. */
const answerWithinMs = 10_000;
const jobAfterMs = 15_000;

const askProbe = command({
  name: "account.probe",
  permission: "accounts.write",
  input: z.strictObject({ id: z.uuid() }),
  brandOf: async ({ id }, tx) => (await getAccount(tx, id)).brandId,
  async run(tx, { id }) {
    const account = await getAccount(tx, id);
    if (account.kind === "profile") {
      throw new AppError("precondition", "A sponsored ads profile is only seen: there is nothing to check.");
    }
    const accesses = await usableAccesses(tx, id);
    if (accesses.length === 0) {
      throw new AppError("precondition", "No connection that can be used now reaches this account.", {
        remedy: "Connect an Amazon user who can see it, or let one consent again.",
      });
    }
    const askedAt = tx.now().toISOString();
    const runAt = new Date(tx.now().getTime() + jobAfterMs);
    await tx.enqueue(probeJob, { accountId: id, askedAt }, { key: `${probeJob}:${id}`, runAt });
    const target = { type: "account", id, label: account.name };
    return { result: askedAt, audit: { action: "account.check_asked", target, brandId: account.brandId } };
  },
});

/**
 * Asks Amazon anew what can be done with an account, through every connection that can be used. Where the answers take
 * longer than a person waits, a job asks again and the account's page shows them.
 */
export const probeAccount = Object.assign(
  async (ctx: Ctx, input: { id: string }, withinMs = answerWithinMs): Promise<ProbeOutcome> => {
    if (isTx(ctx)) throw new Error("A probe calls Amazon: ask for it outside the transaction.");
    const askedAt = await askProbe(ctx, input);
    const deadline = AbortSignal.timeout(withinMs);
    const late = new Promise<"running">((resolve) => {
      deadline.addEventListener("abort", () => resolve("running"), { once: true });
    });
    const asked = runProbe(ctx, { accountId: input.id, askedAt }, deadline).then(() => "done" as const);
    // After the deadline nobody waits for it any more.
    asked.catch(() => {});
    try {
      return { id: input.id, state: await Promise.race([asked, late]) };
    } catch (error) {
      if (deadline.aborted) return { id: input.id, state: "running" };
      throw error;
    }
  },
  { spec: askProbe.spec },
);

/** Does nothing for connections that were asked since. */
export async function runProbe(
  ctx: Ctx,
  { accountId, askedAt }: z.infer<typeof ProbeInput>,
  signal?: AbortSignal,
): Promise<void> {
  const accesses = await ctx.tx((tx) => usableAccesses(tx, accountId));
  const due = accesses.filter(({ probedAt }) => probedAt < new Date(askedAt));
  await Promise.all(due.map((access) => probeThrough(ctx, access, signal)));
}

async function probeThrough(ctx: Ctx, { account, connectionId }: Access, signal?: AbortSignal): Promise<void> {
  const probing = {
    amazon: ctx.services.amazon,
    region: account.region,
    withToken: accessSession(ctx, connectionId),
    signal,
  };
  // Also where a job does it: a person asked.
  const concerns = { connectionId, accountId: account.id, brandId: account.brandId, priority: "person" as const };
  const answer = await onBehalf(ctx, concerns, () => ask(probing, account)).catch((error: unknown): Answer => {
    // An error of Amazon's, or no usable token: nothing is known anew.
    if (error instanceof AmazonError || error instanceof AppError) return { told: all(null) };
    throw error;
  });
  await ctx.tx(async (tx) => {
    await requireConnected(tx, connectionId);
    if ("found" in answer) await storeAccounts(tx, connectionId, [answer.found]);
    else await storeTold(tx, connectionId, { accountIds: [account.id], told: answer.told });
  });
}

type Answer = { found: FoundAccount } | { told: FoundCapabilities };

async function ask(probing: Probing, account: AccountRow): Promise<Answer> {
  const { amazon, withToken, ...place } = probing;
  const profiles = await withToken((accessToken) => amazon.accounts.listProfiles({ ...place, accessToken }));
  const own = profiles.filter((profile) => isEntity(profile) && profile.accountInfo.id === account.entityId);
  if (own.length === 0) return { told: gone("DSP entity") };
  if (account.kind === "dsp_entity") {
    const { entity, refused } = await listEntity(probing, own);
    return { found: ofEntity(account.region, entity, refused ? all(refused) : entityCapabilities) };
  }
  const { entity, advertisers, refused } = await listEntity(probing, own, [account.amazonId]);
  if (refused) return { told: all(refused) };
  const advertiser = advertisers.find(({ advertiserId }) => advertiserId === account.amazonId);
  if (!advertiser) return { told: gone("advertiser") };
  return { found: await probeListed(probing, await lookAtRegion(probing), { entity, advertiser }) };
}

const gone = (what: string) =>
  all({
    ok: false,
    reason: `Amazon does not list the ${what} for the Amazon user any more.`,
    remedy: "Give the user access again in Amazon's console, then check again.",
  });
