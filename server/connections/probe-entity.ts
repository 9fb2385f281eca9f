// A DSP entity and its advertisers as one connection sees them.
import { type DspAdvertiser, type Profile, Rejected, Unauthorized } from "../amazon";
import type { FoundAccount } from "./account-store";
import { unknownZone } from "./capabilities";
import type { Capability } from "./contract";
import { knownZone, ofAdvertiser } from "./found-accounts";
import { type AmcSight, lookAtAmc } from "./look-at-amc";
import { type Probing, type ProfileRights, probeAdvertiser, profileRights, said } from "./probe-advertiser";

/** What holds for all advertisers of a region. */
export interface RegionSight {
  rights: ProfileRights;
  amc: AmcSight;
}

export async function lookAtRegion(probing: Probing): Promise<RegionSight> {
  return { rights: await profileRights(probing), amc: await lookAtAmc(probing) };
}

export interface Listed {
  /** The profile that was answered, or the first of those that were refused. */
  entity: Profile;
  advertisers: DspAdvertiser[];
  refused: Capability | null;
}

/**
 * Under the first profile of the entity that Amazon answers for.
 * @param profiles those the entity is listed under, at least one
 * @param advertiserIds only these
 */
export async function listEntity(
  { amazon, withToken, ...place }: Probing,
  profiles: readonly Profile[],
  advertiserIds?: string[],
): Promise<Listed> {
  let refused: Listed | null = null;
  for (const entity of profiles) {
    const input = { ...place, profileId: entity.profileId, advertiserIds };
    try {
      const advertisers = await withToken((accessToken) => amazon.accounts.listAdvertisers({ ...input, accessToken }));
      return { entity, advertisers, refused: null };
    } catch (error) {
      if (!(error instanceof Unauthorized || error instanceof Rejected)) throw error;
      refused ??= { entity, advertisers: [], refused: refusedEntity(error) };
    }
  }
  if (!refused) throw new Error("An entity is listed under at least one profile.");
  return refused;
}

const refusedEntity = (error: Unauthorized | Rejected): Capability => ({
  ok: false,
  reason: `Amazon does not show the advertisers of the DSP entity${said(error.details)}.`,
  remedy: "Give the Amazon user access to the entity in Amazon's console, then check again.",
});

export async function probeListed(
  probing: Probing,
  { rights, amc }: RegionSight,
  { entity, advertiser }: { entity: Profile; advertiser: DspAdvertiser },
): Promise<FoundAccount> {
  const { advertiserId, timezone } = advertiser;
  const marketplaceId = entity.accountInfo.marketplaceStringId ?? null;
  const probed = { advertiserId, profileId: entity.profileId, marketplaceId, rights, amc };
  const capabilities = knownZone(timezone) ? await probeAdvertiser(probing, probed) : unknownZone(timezone);
  return ofAdvertiser(probing.region, entity, { advertiser, capabilities });
}
