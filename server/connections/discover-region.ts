import { type DspAdvertiser, type Profile, Rejected, Unauthorized } from "../amazon";
import type { Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { failpoint } from "../core/failpoint";
import { dropAccess } from "./access-store";
import { accessSession, type WithToken } from "./access-token";
import type { FoundAccount } from "./account-store";
import { all, entityCapabilities, profileCapabilities, unknownZone } from "./capabilities";
import { lockConnection, writeRegion } from "./connection-store";
import type { Capabilities, Region, RegionDiscovery } from "./contract";
import { type ProfileRights, probeAdvertiser, profileRights, said } from "./probe-advertiser";
import { refreshCapabilities, storeAccounts } from "./store-accounts";

const pageSize = 20;
const parallelProbes = 4;

interface Run {
  ctx: Ctx;
  connectionId: string;
  region: Region;
  withToken: WithToken;
  found: RegionDiscovery;
  /** Accounts of this region that the connection sees. */
  ids: Set<string>;
  /** Advertisers seen: one entity may be listed under several profiles. */
  advertisers: Set<string>;
  rights: ProfileRights;
}

/**
 * Finds everything the connection sees in one region, and stores it page by page. Throws what keeps Amazon from
 * answering for the region as a whole; what is refused for one entity or advertiser is a reason on that one.
 */
export async function discoverRegion(ctx: Ctx, connectionId: string, region: Region): Promise<void> {
  const run: Run = {
    ctx,
    connectionId,
    region,
    withToken: accessSession(ctx, connectionId),
    found: { state: "running", profiles: 0, entities: 0, advertisers: 0 },
    ids: new Set(),
    advertisers: new Set(),
    rights: { edit: null, report: null },
  };
  const { listProfiles } = ctx.services.amazon.accounts;
  const profiles = await run.withToken((accessToken) => listProfiles({ region, accessToken }));
  const entities = entitiesOf(profiles);
  run.found.profiles = profiles.length;
  run.found.entities = entities.length;
  await store(
    run,
    profiles.filter((profile) => !isEntity(profile)).map((profile) => ofProfile(run, profile)),
  );
  if (entities.length > 0) run.rights = await profileRights({ amazon: ctx.services.amazon, ...run });
  for (const entity of entities) await discoverEntity(run, entity);
  await finish(run);
}

const isEntity = (profile: Profile) => profile.accountInfo.type === "agency";

function entitiesOf(profiles: Profile[]): Profile[] {
  const byId = new Map<string, Profile>();
  for (const profile of profiles.filter(isEntity)) {
    if (!byId.has(profile.accountInfo.id)) byId.set(profile.accountInfo.id, profile);
  }
  return [...byId.values()];
}

async function discoverEntity(run: Run, entity: Profile): Promise<void> {
  const listed = await listAdvertisers(run, entity);
  await store(run, [ofEntity(run, entity, listed.capabilities)]);
  const fresh = listed.advertisers.filter(({ advertiserId }) => !run.advertisers.has(advertiserId));
  for (let start = 0; start < fresh.length; start += pageSize) {
    const page = fresh.slice(start, start + pageSize);
    const accounts = await inParallel(page, async (advertiser) => ofAdvertiser(run, entity, advertiser));
    for (const { advertiserId } of page) run.advertisers.add(advertiserId);
    run.found.advertisers = run.advertisers.size;
    await store(run, accounts);
    failpoint("discover.region");
  }
}

async function listAdvertisers(
  run: Run,
  { profileId }: Profile,
): Promise<{ advertisers: DspAdvertiser[]; capabilities: Capabilities }> {
  const { region, withToken } = run;
  const { accounts } = run.ctx.services.amazon;
  try {
    const advertisers = await withToken((accessToken) => accounts.listAdvertisers({ region, accessToken, profileId }));
    return { advertisers, capabilities: entityCapabilities };
  } catch (error) {
    if (!(error instanceof Unauthorized || error instanceof Rejected)) throw error;
    const reason = `Amazon does not show the advertisers of this DSP entity${said(error.details)}.`;
    const remedy = "Give the Amazon user access to the entity in Amazon's console, then discover again.";
    return { advertisers: [], capabilities: all({ ok: false, reason, remedy }) };
  }
}

async function store(run: Run, accounts: FoundAccount[]): Promise<void> {
  const { connectionId, region } = run;
  await run.ctx.tx(async (tx) => {
    await requireConnected(tx, connectionId);
    for (const id of await storeAccounts(tx, connectionId, accounts)) run.ids.add(id);
    await writeRegion(tx, connectionId, region, { ...run.found, at: tx.now().toISOString() });
    await tx.changed("connections", [connectionId]);
  });
}

/** What the connection no longer sees is kept, but no longer reached through it. */
async function finish(run: Run): Promise<void> {
  const { connectionId, region } = run;
  await run.ctx.tx(async (tx) => {
    await requireConnected(tx, connectionId);
    const lost = await dropAccess(tx, connectionId, { region, accountIds: [...run.ids] });
    await refreshCapabilities(tx, lost);
    await writeRegion(tx, connectionId, region, { ...run.found, state: "done", at: tx.now().toISOString() });
    if (lost.length > 0) await tx.changed("accounts", lost);
    await tx.changed("connections", [connectionId]);
  });
}

/** Locks the connection: a disconnect comes before or after a page is stored, never in between. */
async function requireConnected(tx: TxCtx, connectionId: string): Promise<void> {
  const connection = await lockConnection(tx, connectionId);
  if (connection && connection.state !== "disconnected") return;
  throw new AppError("precondition", "The connection was disconnected while its accounts were looked for.");
}

const placeOf = (region: Region, profile: Profile) => ({
  region,
  profileId: profile.profileId,
  countryCode: profile.countryCode,
  currency: profile.currencyCode,
  timeZone: knownZone(profile.timezone) ?? "UTC",
});

const ofProfile = ({ region }: Run, profile: Profile): FoundAccount => ({
  ...placeOf(region, profile),
  kind: "profile",
  amazonId: profile.profileId,
  name: profile.accountInfo.name ?? profile.accountInfo.id,
  entityId: null,
  capabilities: profileCapabilities,
});

const ofEntity = ({ region }: Run, profile: Profile, capabilities: Capabilities): FoundAccount => ({
  ...placeOf(region, profile),
  kind: "dsp_entity",
  amazonId: profile.accountInfo.id,
  name: profile.accountInfo.name ?? profile.accountInfo.id,
  entityId: profile.accountInfo.id,
  capabilities,
});

async function ofAdvertiser(run: Run, entity: Profile, advertiser: DspAdvertiser): Promise<FoundAccount> {
  const { region } = run;
  const zone = knownZone(advertiser.timezone);
  return {
    ...placeOf(region, entity),
    kind: "dsp_advertiser",
    amazonId: advertiser.advertiserId,
    name: advertiser.name,
    entityId: entity.accountInfo.id,
    countryCode: advertiser.country ?? entity.countryCode,
    currency: advertiser.currency,
    timeZone: zone ?? "UTC",
    capabilities: zone ? await probe(run, entity, advertiser) : unknownZone(advertiser.timezone),
  };
}

const probe = ({ ctx, region, withToken, rights }: Run, { profileId }: Profile, { advertiserId }: DspAdvertiser) =>
  probeAdvertiser({ amazon: ctx.services.amazon, region, withToken }, { advertiserId, profileId, rights });

/** A zone this server cannot reckon in would stop the syncs of all accounts, not of this one. */
function knownZone(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) && zone;
  } catch {
    return null;
  }
}

/** Results in the order of the items. */
async function inParallel<T, R>(items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += parallelProbes) {
    results.push(...(await Promise.all(items.slice(start, start + parallelProbes).map(work))));
  }
  return results;
}
