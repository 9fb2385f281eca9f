import type { Campaign, Leaf } from "../world/types";

// What the advertiser's advertising does to people: the planted truths that queries should find.

const ROLES = [
  "prospecting",
  "seasonal",
  "onlineVideo",
  "streamingTv",
  "audio",
  "retargeting",
  "sponsoredDisplay",
  "sponsoredBrands",
  "sponsoredProducts",
] as const;
export type Role = (typeof ROLES)[number];
export type SponsoredRole = Extract<Role, `sponsored${string}`>;

interface Influence {
  /** orders a day it adds, at most, for a person of average propensity */
  effect: number;
  /** impressions, of those still remembered, that bring 63 % of the effect; past three times as many more bring nothing */
  saturation: number;
  halfLifeDays: number;
  /** 0: shown to anyone; 1: shown only to people who are about to buy anyway */
  followsIntent: number;
  /** of all impressions that identified people see */
  share: number;
}

/** Retargeting reaches those who would have bought: it looks best and adds nothing. Search is shown more after video. */
const INFLUENCES: Record<Role, Influence> = {
  prospecting: { effect: 0.0012, saturation: 3, halfLifeDays: 10, followsIntent: 0, share: 0.28 },
  seasonal: { effect: 0.0012, saturation: 3, halfLifeDays: 10, followsIntent: 0, share: 0.12 },
  onlineVideo: { effect: 0.003, saturation: 2, halfLifeDays: 20, followsIntent: 0, share: 0.09 },
  streamingTv: { effect: 0.005, saturation: 1.5, halfLifeDays: 30, followsIntent: 0, share: 0.09 },
  audio: { effect: 0.0004, saturation: 3, halfLifeDays: 7, followsIntent: 0, share: 0.04 },
  retargeting: { effect: 0, saturation: 3, halfLifeDays: 3, followsIntent: 1, share: 0.16 },
  sponsoredDisplay: { effect: 0.0003, saturation: 3, halfLifeDays: 3, followsIntent: 0.7, share: 0.07 },
  sponsoredBrands: { effect: 0.0009, saturation: 2, halfLifeDays: 4, followsIntent: 0.5, share: 0.07 },
  sponsoredProducts: { effect: 0.0018, saturation: 2, halfLifeDays: 3, followsIntent: 0.6, share: 0.16 },
};

export const isSponsored = (role: Role): role is SponsoredRole => role.startsWith("sponsored");

export function roleOf(campaign: Campaign): Role {
  if (campaign.inventory === "STREAMING_TV") return "streamingTv";
  if (campaign.inventory === "ONLINE_VIDEO") return "onlineVideo";
  if (campaign.inventory === "AUDIO") return "audio";
  if (campaign.name.includes("Retargeting")) return "retargeting";
  return campaign.goal === "CONSIDERATION" ? "seasonal" : "prospecting";
}

export interface Channel extends Influence {
  role: Role;
  video: boolean;
  /** what a day leaves of the memory of an impression */
  kept: number;
  /** positions of its leaves among the advertiser's; none for sponsored ads */
  leaves: number[];
}

/** Those channels the advertiser has; sponsored ads it always has. */
export function channelsOf(leaves: readonly Leaf[]): Channel[] {
  const byRole = ROLES.map(
    (role): Channel => ({
      role,
      ...INFLUENCES[role],
      video: role === "onlineVideo" || role === "streamingTv",
      kept: 0.5 ** (1 / INFLUENCES[role].halfLifeDays),
      leaves: [],
    }),
  );
  leaves.forEach((leaf, index) => {
    byRole[ROLES.indexOf(roleOf(leaf.adGroup.campaign))]?.leaves.push(index);
  });
  return byRole.filter((channel) => isSponsored(channel.role) || channel.leaves.length > 0);
}
