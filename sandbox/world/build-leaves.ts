import { addDays } from "./calendar";
import { AD_GROUP_NAMES, ARCHETYPES, type Archetype, CREATIVE_THEMES, SIZES } from "./names";
import { codeOf, hashText, idOf, randomOf } from "./random";
import type { Ad, AdGroup, Campaign, Leaf, World, WorldOptions } from "./types";

// Ad groups, ads (shared between the ad groups of a campaign) and the leaves where they meet.

export function buildLeaves(options: WorldOptions, campaigns: Campaign[]): Pick<World, "adGroups" | "ads" | "leaves"> {
  const adGroups: AdGroup[] = [];
  const ads: Ad[] = [];
  const leaves = new Map<string, Leaf[]>();
  campaigns.forEach((campaign, index) => {
    const random = randomOf(options.seed, "shape", index);
    const groupCount = options.adGroupsPerCampaign ?? 2 + Math.floor(random() * 2);
    const adCount = options.adsPerAdGroup ?? 3;
    const ownAds = range(adCount).map((i) => buildAd(options.seed, campaign, { ordinal: i, serial: ads.length + i }));
    ads.push(...ownAds);
    for (const g of range(groupCount)) {
      const adGroup = buildAdGroup(options, campaign, { ordinal: g, serial: adGroups.length, of: groupCount });
      adGroups.push(adGroup);
      const used = options.adsPerAdGroup === undefined ? ownAds.slice(0, 2 + ((g + index) % 2)) : ownAds;
      const mine = leaves.get(campaign.advertiser.advertiserId) ?? [];
      for (const ad of used) mine.push(buildLeaf(options.seed, adGroup, { ad, shares: groupCount * used.length }));
      leaves.set(campaign.advertiser.advertiserId, mine);
    }
  });
  return { adGroups, ads, leaves };
}

interface AdGroupPlace {
  ordinal: number;
  serial: number;
  of: number;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function archetypeOf(campaign: Campaign): Archetype {
  return ARCHETYPES.find((archetype) => campaign.name.includes(archetype.label)) ?? (ARCHETYPES[0] as Archetype);
}

function buildAdGroup(options: WorldOptions, campaign: Campaign, at: AdGroupPlace): AdGroup {
  const { seed } = options;
  const random = randomOf(seed, "adGroup", at.serial);
  const name = AD_GROUP_NAMES[at.ordinal % AD_GROUP_NAMES.length] ?? "Ad group";
  const round = Math.floor(at.ordinal / AD_GROUP_NAMES.length);
  const pausedAlone = campaign.state === "ENABLED" && at.ordinal === 2 && random() < 0.3;
  const deliversUntil = pausedAlone ? addDays(options.anchor, -12) : campaign.deliversUntil;
  return {
    adGroupId: idOf("59", 18, [seed, "adGroup", at.serial]),
    campaign,
    name: `${name}${round === 0 ? "" : ` ${round + 1}`}`,
    state: pausedAlone ? "PAUSED" : "ENABLED",
    ...(deliversUntil === undefined ? {} : { deliversUntil }),
    baseBid: Math.round(archetypeOf(campaign).cpmCents * (0.8 + random() * 0.4)) / 100,
    budget: Math.round(campaign.monthlyBudget / at.of),
    externalId: `LI-${codeOf(6, [seed, "li", at.serial], "0123456789")}`,
  };
}

function buildAd(seed: number, campaign: Campaign, at: { ordinal: number; serial: number }): Ad {
  const sizes = SIZES[campaign.inventory];
  const size = sizes[at.ordinal % sizes.length] ?? "300x250";
  const theme = CREATIVE_THEMES[at.ordinal % CREATIVE_THEMES.length] ?? "Hero";
  const round = Math.floor(at.ordinal / CREATIVE_THEMES.length);
  return {
    adId: idOf("58", 18, [seed, "ad", at.serial]),
    creativeAdId: idOf("57", 15, [seed, "creativeAd", at.serial]),
    campaign,
    name: `${campaign.advertiser.name} ${theme} ${size}${round === 0 ? "" : ` v${round + 1}`}`,
    state: "ENABLED",
    adType: campaign.inventory === "AUDIO" ? "AUDIO" : campaign.inventory === "DISPLAY" ? "DISPLAY" : "VIDEO",
    size,
  };
}

function buildLeaf(seed: number, adGroup: AdGroup, at: { ad: Ad; shares: number }): Leaf {
  const { campaign } = adGroup;
  const archetype = archetypeOf(campaign);
  const serial = `${adGroup.adGroupId}:${at.ad.adId}`;
  const random = randomOf(seed, "leaf", serial);
  const dailySpendCents = (campaign.monthlyBudget * 100) / 30 / at.shares;
  const cpmCents = archetype.cpmCents * (0.85 + random() * 0.3);
  return {
    adAssociationId: `57${codeOf(16, [seed, "association", serial], "0123456789")}`,
    adGroup,
    ad: at.ad,
    key: hashText(`${seed}|leaf-day|${serial}`),
    weight: Math.round(100 / at.shares),
    // A fifth below the budget: fees come on top of the media cost.
    impressionsPerDay: (dailySpendCents * 0.8 * 1000 * (0.7 + random() * 0.6)) / cpmCents,
    cpmCents,
    clickRate: archetype.clickRate * (0.7 + random() * 0.6),
    detailPageRate: archetype.clickRate * (1.6 + random() * 0.8),
    purchaseRate: archetype.purchaseRate * (0.7 + random() * 0.6),
    orderValueCents: Math.round(2200 + random() * 3600),
  };
}
