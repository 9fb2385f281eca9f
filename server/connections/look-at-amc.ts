// What of AMC an Amazon user can reach: asked once a region, told for each of its advertisers by probe-amc.ts.
import { AmazonError, type AmcAccount, type AmcInstance, Rejected, Throttled, Unauthorized } from "../amazon";
import type { Capability } from "./contract";
import { inParallel } from "./in-parallel";
import { type Probing, said } from "./probe-advertiser";

/** An instance with the DSP advertisers it holds. */
export interface SeenInstance {
  id: string;
  name: string;
  /** False: it is being made, or could not be made. */
  ready: boolean;
  status: string;
  advertiserIds: ReadonlySet<string>;
  /** Whether its audiences may be read; null: no answer. */
  audiences: Capability | null;
}

export interface SeenAmcAccount {
  name: string;
  marketplaceId: string;
  /** Why it cannot be looked into; its instances are unknown then. */
  closed: Capability | null;
  instances: SeenInstance[];
}

/** `complete`: everything was answered, so that what is not there is not there. */
export type AmcSight =
  | { kind: "unanswered" }
  | { kind: "refused"; capability: Capability }
  | { kind: "seen"; accounts: SeenAmcAccount[]; complete: boolean };

export const unansweredAmc: AmcSight = { kind: "unanswered" };

/** More instances of one account are not looked through in one probe. */
const mostInstances = 500;

const isRefusal = (error: unknown): error is Unauthorized | Rejected =>
  error instanceof Unauthorized || error instanceof Rejected;

/** Throws only what concerns the connection itself. */
export async function lookAtAmc(probing: Probing): Promise<AmcSight> {
  const { amazon, withToken, ...place } = probing;
  let found: AmcAccount[];
  try {
    found = await withToken((accessToken) => amazon.amc.listAccounts({ ...place, accessToken }));
  } catch (error) {
    if (!(error instanceof AmazonError)) throw error;
    return isRefusal(error) ? { kind: "refused", capability: refusedAccounts(error) } : unansweredAmc;
  }
  const look = { probing, throttled: false, complete: true };
  const accounts: SeenAmcAccount[] = [];
  for (const account of found) {
    const seen = await lookInto(look, account);
    if (seen) accounts.push(seen);
  }
  return { kind: "seen", accounts, complete: look.complete };
}

interface Look {
  probing: Probing;
  /** Amazon limits the calls: no more are sent. */
  throttled: boolean;
  complete: boolean;
}

/** @returns undefined where there was no answer */
async function ask<T>(look: Look, call: (accessToken: string) => Promise<T>): Promise<T | undefined> {
  if (!look.throttled) {
    try {
      return await look.probing.withToken(call);
    } catch (error) {
      if (isRefusal(error) || !(error instanceof AmazonError)) throw error;
      look.throttled = error instanceof Throttled;
    }
  }
  look.complete = false;
  return undefined;
}

async function lookInto(look: Look, account: AmcAccount): Promise<SeenAmcAccount | null> {
  const { amazon, withToken: _, ...place } = look.probing;
  const { accountId, marketplaceId } = account;
  const owner = { accountId, marketplaceId };
  const seen = { name: account.accountName ?? accountId, marketplaceId, closed: null };
  try {
    const all = await ask(look, (accessToken) => amazon.amc.listInstances({ ...place, accessToken, owner }));
    if (!all) return null;
    // A sandbox instance holds synthetic data, and no advertiser's own.
    const own = all.filter((instance) => instance.instanceType !== "SANDBOX");
    if (own.length > mostInstances) look.complete = false;
    const instances = await inParallel(own.slice(0, mostInstances), (instance) => lookThrough(look, owner, instance));
    return { ...seen, instances: instances.filter((instance) => instance !== null) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { ...seen, closed: closedAccount(seen.name, error), instances: [] };
  }
}

async function lookThrough(
  look: Look,
  owner: { accountId: string; marketplaceId: string },
  { instanceId, instanceName, creationStatus }: AmcInstance,
): Promise<SeenInstance | null> {
  const { amazon, withToken: _, ...place } = look.probing;
  const held = await ask(look, (accessToken) =>
    amazon.amc.listAdvertisers({ ...place, accessToken, owner, instanceId, type: "DISPLAY" }),
  );
  if (!held) return null;
  const status = creationStatus ?? "COMPLETED";
  const ready = status === "COMPLETED" || status === "SUCCEEDED";
  const instance = {
    id: instanceId,
    name: instanceName,
    ready,
    status,
    advertiserIds: new Set(held.map(({ id }) => id)),
  };
  const audiences = ready && held.length > 0 ? await lookAtAudiences(look, instance) : null;
  return { ...instance, audiences };
}

async function lookAtAudiences(look: Look, { id, name }: { id: string; name: string }): Promise<Capability | null> {
  const { amazon, withToken, ...place } = look.probing;
  if (look.throttled) return null;
  try {
    await withToken((accessToken) => amazon.amc.checkAudiences({ ...place, accessToken, instanceId: id }));
    return { ok: true };
  } catch (error) {
    if (!(error instanceof AmazonError)) throw error;
    if (isRefusal(error)) return refusedAudiences(name, error);
    look.throttled = error instanceof Throttled;
    return null;
  }
}

const checkAgain = "then check again.";

function refusedAccounts(error: Unauthorized | Rejected): Capability {
  const status = error.status ?? "no status";
  return {
    ok: false,
    reason: `Amazon refuses the AMC accounts of the Amazon user (${status})${said(error.details)}.`,
    remedy: `Check that the application is approved for AMC and that the user may use it, ${checkAgain}`,
  };
}

const speaksOfTerms = (error: Rejected | Unauthorized) =>
  error.status === 403 && /terms and conditions/i.test(error.details ?? "");

function closedAccount(name: string, error: Unauthorized | Rejected): Capability {
  if (speaksOfTerms(error)) return unacceptedTerms(name);
  return {
    ok: false,
    reason: `Amazon refuses the AMC account "${name}" (${error.status ?? "no status"})${said(error.details)}.`,
    remedy: `Give the Amazon user access to it in the AMC console, ${checkAgain}`,
  };
}

const unacceptedTerms = (name: string): Capability => ({
  ok: false,
  reason: `The terms and conditions of AMC are not accepted for the AMC account "${name}".`,
  remedy: `Let an administrator accept them in the AMC console, ${checkAgain}`,
});

function refusedAudiences(name: string, error: Unauthorized | Rejected): Capability {
  if (speaksOfTerms(error)) return unacceptedTerms(name);
  return {
    ok: false,
    reason: `Amazon refuses the audiences of the AMC instance "${name}" (${error.status ?? "no status"})${said(error.details)}.`,
    remedy: `Give the Amazon user the right to audiences in the AMC console, ${checkAgain}`,
  };
}
