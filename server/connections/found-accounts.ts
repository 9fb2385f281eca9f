// What Amazon lists, as accounts to be stored.
import type { DspAdvertiser, Profile } from "../amazon";
import type { FoundAccount } from "./account-store";
import { type FoundCapabilities, profileCapabilities } from "./capabilities";
import type { Region } from "./contract";

export const isEntity = (profile: Profile): boolean => profile.accountInfo.type === "agency";

/** The profiles under which each entity is listed: usually one. */
export function entitiesOf(profiles: readonly Profile[]): Profile[][] {
  const byId = new Map<string, Profile[]>();
  for (const profile of profiles.filter(isEntity)) {
    const { id } = profile.accountInfo;
    byId.set(id, [...(byId.get(id) ?? []), profile]);
  }
  return [...byId.values()];
}

const placeOf = (region: Region, profile: Profile) => ({
  region,
  profileId: profile.profileId,
  countryCode: profile.countryCode,
  currency: profile.currencyCode,
  timeZone: knownZone(profile.timezone) ?? "UTC",
});

const nameOf = ({ accountInfo }: Profile) => accountInfo.name ?? accountInfo.id;

export const ofProfile = (region: Region, profile: Profile): FoundAccount => ({
  ...placeOf(region, profile),
  kind: "profile",
  amazonId: profile.profileId,
  name: nameOf(profile),
  entityId: null,
  capabilities: profileCapabilities,
});

export const ofEntity = (region: Region, profile: Profile, capabilities: FoundCapabilities): FoundAccount => ({
  ...placeOf(region, profile),
  kind: "dsp_entity",
  amazonId: profile.accountInfo.id,
  name: nameOf(profile),
  entityId: profile.accountInfo.id,
  capabilities,
});

export const ofAdvertiser = (
  region: Region,
  entity: Profile,
  { advertiser, capabilities }: { advertiser: DspAdvertiser; capabilities: FoundCapabilities },
): FoundAccount => ({
  ...placeOf(region, entity),
  kind: "dsp_advertiser",
  amazonId: advertiser.advertiserId,
  name: advertiser.name,
  entityId: entity.accountInfo.id,
  countryCode: advertiser.country ?? entity.countryCode,
  currency: advertiser.currency,
  timeZone: knownZone(advertiser.timezone) ?? "UTC",
  capabilities,
});

/** A zone this server cannot reckon in would stop the syncs of all accounts, not of this one. */
export function knownZone(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) && zone;
  } catch {
    return null;
  }
}
