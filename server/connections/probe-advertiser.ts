import { type Amazon, AmazonError, Rejected, Unauthorized } from "../amazon";
import type { WithToken } from "./access-token";
import type { Capabilities, Capability, Region } from "./contract";

export interface Probing {
  amazon: Amazon;
  region: Region;
  withToken: WithToken;
}

/** Profiles that the Amazon user may edit, and make reports for; null where Amazon gave no answer. */
export interface ProfileRights {
  edit: ReadonlySet<string> | null;
  report: ReadonlySet<string> | null;
}

/** Amazon lists profiles by right (contracts 2.2). It has no such question for one advertiser. */
export async function profileRights({ amazon, region, withToken }: Probing): Promise<ProfileRights> {
  const idsWith = async (right: { accessLevel?: "edit"; apiProgram?: "report" }) => {
    try {
      const profiles = await withToken((accessToken) =>
        amazon.accounts.listProfiles({ region, accessToken, ...right }),
      );
      return new Set(profiles.map((profile) => profile.profileId));
    } catch (error) {
      if (error instanceof AmazonError) return null;
      throw error;
    }
  };
  return { edit: await idsWith({ accessLevel: "edit" }), report: await idsWith({ apiProgram: "report" }) };
}

interface Probed {
  advertiserId: string;
  /** Of its DSP entity. */
  profileId: string;
  rights: ProfileRights;
}

/** What the connection may do with an advertiser. Throws only what concerns the connection itself. */
export async function probeAdvertiser(probing: Probing, { advertiserId, ...probed }: Probed): Promise<Capabilities> {
  const campaigns = await probeCampaigns(probing, advertiserId);
  if (campaigns.ok) return { campaigns, ...byProfile(probed) };
  const follows = { ok: false, reason: "Not available where campaigns cannot be read.", remedy: campaigns.remedy };
  return { campaigns, reports: follows, write: follows };
}

async function probeCampaigns({ amazon, region, withToken }: Probing, advertiserId: string): Promise<Capability> {
  try {
    await withToken((accessToken) => firstPage(amazon.dsp.queryCampaigns({ region, accessToken, advertiserId })));
    return { ok: true };
  } catch (error) {
    return refusedOrUnproven(error);
  }
}

async function firstPage(pages: AsyncIterable<unknown>): Promise<void> {
  for await (const _page of pages) return;
}

/** A right on the profile does not prove it for the advertiser: that shows when it is first used. */
function byProfile({ profileId, rights }: Omit<Probed, "advertiserId">): Pick<Capabilities, "reports" | "write"> {
  const remedy = "Change the user's rights in Amazon's console, then discover again.";
  return {
    reports:
      rights.report && !rights.report.has(profileId)
        ? { ok: false, reason: "The Amazon user may not make reports for the DSP entity.", remedy }
        : { ok: true, unproven: true, reason: "Shows with the first report." },
    write:
      rights.edit && !rights.edit.has(profileId)
        ? { ok: false, reason: "The Amazon user may only view the DSP entity.", remedy }
        : { ok: true, unproven: true, reason: "Shows with the first change." },
  };
}

function refusedOrUnproven(error: unknown): Capability {
  if (error instanceof Unauthorized) {
    return {
      ok: false,
      reason: `The Amazon user may not read this advertiser's campaigns${said(error.details)}.`,
      remedy: "Give the user access to the advertiser in Amazon's console, then discover again.",
    };
  }
  if (error instanceof Rejected) {
    return {
      ok: false,
      reason: `Amazon refuses to show this advertiser's campaigns (${error.status ?? "no status"})${said(error.details)}.`,
      remedy:
        "Check that the application and the advertiser are entitled to the Amazon Ads API for DSP, then discover again.",
    };
  }
  if (error instanceof AmazonError) {
    const reason = "Amazon gave no usable answer when this was asked. It shows with the first sync.";
    return { ok: true, unproven: true, reason };
  }
  throw error;
}

export const said = (details: string | undefined) => (details ? `. Amazon says: ${details.replace(/\.$/, "")}` : "");
