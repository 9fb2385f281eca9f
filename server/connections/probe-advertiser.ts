import { type Amazon, AmazonError, Rejected, Unauthorized } from "../amazon";
import type { WithToken } from "./access-token";
import type { FoundCapabilities } from "./capabilities";
import type { Capability, Region } from "./contract";
import type { AmcSight } from "./look-at-amc";
import { amcCapabilities } from "./probe-amc";

export interface Probing {
  amazon: Amazon;
  region: Region;
  withToken: WithToken;
  signal?: AbortSignal | undefined;
}

/** Profiles that the Amazon user may edit, and make reports for; null where Amazon gave no answer. */
export interface ProfileRights {
  edit: ReadonlySet<string> | null;
  report: ReadonlySet<string> | null;
}

/** Amazon lists profiles by right (contracts 2.2). It has no such question for one advertiser. */
export async function profileRights({ amazon, withToken, ...place }: Probing): Promise<ProfileRights> {
  const idsWith = async (right: { accessLevel?: "edit"; apiProgram?: "report" }) => {
    try {
      const profiles = await withToken((accessToken) =>
        amazon.accounts.listProfiles({ ...place, accessToken, ...right }),
      );
      return new Set(profiles.map((profile) => profile.profileId));
    } catch (error) {
      if (error instanceof AmazonError) return null;
      throw error;
    }
  };
  return { edit: await idsWith({ accessLevel: "edit" }), report: await idsWith({ apiProgram: "report" }) };
}

export interface Probed {
  advertiserId: string;
  /** Of its DSP entity. */
  profileId: string;
  marketplaceId: string | null;
  rights: ProfileRights;
  amc: AmcSight;
}

/** What the connection may do with an advertiser. Throws only what concerns the connection itself. */
export async function probeAdvertiser(probing: Probing, probed: Probed): Promise<FoundCapabilities> {
  const { advertiserId, profileId, marketplaceId, rights } = probed;
  const campaigns = await probeCampaigns(probing, advertiserId);
  const mayEdit = rights.edit?.has(profileId) ?? null;
  const amc = amcCapabilities(probed.amc, { advertiserId, marketplaceId, mayEdit });
  if (!campaigns || campaigns.ok) return { campaigns, ...byProfile(probed), ...amc };
  const follows = { ok: false, reason: "Not available where campaigns cannot be read.", remedy: campaigns.remedy };
  return { campaigns, reports: follows, write: follows, ...amc };
}

async function probeCampaigns(
  { amazon, withToken, ...place }: Probing,
  advertiserId: string,
): Promise<Capability | null> {
  try {
    await withToken((accessToken) => firstPage(amazon.dsp.queryCampaigns({ ...place, accessToken, advertiserId })));
    return { ok: true };
  } catch (error) {
    return refusedOrUnanswered(error);
  }
}

async function firstPage(pages: AsyncIterable<unknown>): Promise<void> {
  for await (const _page of pages) return;
}

/** A right on the profile does not prove it for the advertiser: that shows when it is first used. */
function byProfile({
  profileId,
  rights,
}: Pick<Probed, "profileId" | "rights">): Pick<FoundCapabilities, "reports" | "write"> {
  const remedy = "Change the user's rights in Amazon's console, then check again.";
  const right = (profiles: ReadonlySet<string> | null, words: { proof: string; lack: string }): Capability | null => {
    if (!profiles) return null;
    if (!profiles.has(profileId)) return { ok: false, reason: words.lack, remedy };
    return { ok: true, unproven: true, reason: words.proof };
  };
  return {
    reports: right(rights.report, {
      proof: "Shows with the first report.",
      lack: "The Amazon user may not make reports for the DSP entity.",
    }),
    write: right(rights.edit, {
      proof: "Shows with the first change.",
      lack: "The Amazon user may only view the DSP entity.",
    }),
  };
}

function refusedOrUnanswered(error: unknown): Capability | null {
  if (error instanceof Unauthorized) {
    return {
      ok: false,
      reason: `The Amazon user may not read this advertiser's campaigns${said(error.details)}.`,
      remedy: "Give the user access to the advertiser in Amazon's console, then check again.",
    };
  }
  if (error instanceof Rejected) {
    return {
      ok: false,
      reason: `Amazon refuses to show this advertiser's campaigns (${error.status ?? "no status"})${said(error.details)}.`,
      remedy:
        "Check that the application and the advertiser are entitled to the Amazon Ads API for DSP, then check again.",
    };
  }
  if (error instanceof AmazonError) return null;
  throw error;
}

export const said = (details: string | undefined) => (details ? `. Amazon says: ${details.replace(/\.$/, "")}` : "");
