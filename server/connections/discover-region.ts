import { AmazonError, type Profile } from "../amazon";
import type { Ctx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { dropAccess } from "./access-store";
import { accessSession, type WithToken } from "./access-token";
import { type FoundAccount, knownAccounts } from "./account-store";
import { all, entityCapabilities } from "./capabilities";
import { writeRegion } from "./connection-store";
import type { Capability, Region, RegionDiscovery } from "./contract";
import { failOver } from "./fail-over";
import { entitiesOf, isEntity, ofEntity, ofProfile } from "./found-accounts";
import { inParallel } from "./in-parallel";
import { unansweredAmc } from "./look-at-amc";
import { onBehalf } from "./on-behalf";
import type { Probing } from "./probe-advertiser";
import { listEntity, lookAtRegion, probeListed, type RegionSight } from "./probe-entity";
import { requireConnected } from "./require-connected";
import { refreshCapabilities, storeAccounts, storeRefused } from "./store-accounts";

const pageSize = 20;
/** Entities without an answer after which the others of the region are left for the next try. */
const mostUnanswered = 3;

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
  sight: RegionSight;
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
    sight: { rights: { edit: null, report: null }, amc: unansweredAmc },
  };
  const { listProfiles } = ctx.services.amazon.accounts;
  const profiles = await run.withToken((accessToken) => listProfiles({ region, accessToken }));
  const entities = entitiesOf(profiles);
  run.found.profiles = profiles.length;
  run.found.entities = entities.length;
  await store(
    run,
    profiles.filter((profile) => !isEntity(profile)).map((profile) => ofProfile(region, profile)),
  );
  if (entities.length > 0) run.sight = await lookAtRegion(probing(run));
  await discoverEntities(run, entities);
  await finish(run);
}

const probing = ({ ctx, region, withToken }: Run): Probing => ({ amazon: ctx.services.amazon, region, withToken });

/** One entity that Amazon gives no answer for does not hide the others; the region is then tried again. */
async function discoverEntities(run: Run, entities: Profile[][]): Promise<void> {
  const unanswered: AmazonError[] = [];
  for (const profiles of entities) {
    try {
      await discoverEntity(run, profiles);
    } catch (error) {
      if (!(error instanceof AmazonError)) throw error;
      unanswered.push(error);
      await store(
        run,
        profiles.slice(0, 1).map((profile) => ofEntity(run.region, profile, all(null))),
      );
    }
    if (unanswered.length >= mostUnanswered) break;
  }
  if (unanswered[0]) throw unanswered[0];
}

/** Calls for one account say so in the ledger, as far as the account is known yet. */
async function callersOf(run: Run, kind: FoundAccount["kind"], amazonIds: readonly string[]) {
  const { ctx, connectionId, region } = run;
  const known = await ctx.tx((tx) => knownAccounts(tx, { kind, region, amazonIds }));
  return <T>(amazonId: string, work: () => Promise<T>): Promise<T> => {
    const account = known.get(amazonId);
    return onBehalf(ctx, { connectionId, accountId: account?.id, brandId: account?.brandId }, work);
  };
}

async function discoverEntity(run: Run, profiles: Profile[]): Promise<void> {
  const entityId = profiles[0]?.accountInfo.id ?? "";
  const forEntity = await callersOf(run, "dsp_entity", [entityId]);
  const { entity, advertisers, refused } = await forEntity(entityId, () => listEntity(probing(run), profiles));
  await store(run, [ofEntity(run.region, entity, refused ? all(refused) : entityCapabilities)]);
  if (refused) await keepRefused(run, entity, refused);
  const fresh = advertisers.filter(({ advertiserId }) => !run.advertisers.has(advertiserId));
  for (let start = 0; start < fresh.length; start += pageSize) {
    const page = fresh.slice(start, start + pageSize);
    const ids = page.map(({ advertiserId }) => advertiserId);
    const forAdvertiser = await callersOf(run, "dsp_advertiser", ids);
    const accounts = await inParallel(page, (advertiser) =>
      forAdvertiser(advertiser.advertiserId, () => probeListed(probing(run), run.sight, { entity, advertiser })),
    );
    for (const id of ids) run.advertisers.add(id);
    run.found.advertisers = run.advertisers.size;
    await store(run, accounts);
    failpoint("discover.region");
  }
}

/** Advertisers that were seen before are not skipped silently: they are shown with the reason. */
async function keepRefused({ ctx, connectionId, region, ids }: Run, entity: Profile, refused: Capability) {
  const entityId = entity.accountInfo.id;
  await ctx.tx(async (tx) => {
    await requireConnected(tx, connectionId);
    for (const id of await storeRefused(tx, connectionId, { region, entityId, refused })) ids.add(id);
  });
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
    await failOver(tx, connectionId, lost);
    await refreshCapabilities(tx, lost);
    await writeRegion(tx, connectionId, region, { ...run.found, state: "done", at: tx.now().toISOString() });
    if (lost.length > 0) await tx.changed("accounts", lost);
    await tx.changed("connections", [connectionId]);
  });
}
