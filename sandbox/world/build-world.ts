import { buildAmc } from "./build-amc";
import { buildLeaves } from "./build-leaves";
import { addDays, addMonths } from "./calendar";
import { ARCHETYPES, type Archetype, BRAND_NAMES, MARKETS } from "./names";
import { codeOf, idOf, pick, randomOf } from "./random";
import type { Advertiser, AmazonUser, Anomaly, Campaign, Profile, World, WorldOptions } from "./types";

/** Advertisers in one DSP entity. */
const ENTITY_SIZE = 20;

/** Makes the whole world from its options alone; nothing in it depends on the time of the call. */
export function buildWorld(options: WorldOptions): World {
  const profiles: Profile[] = [];
  const advertisers: Advertiser[] = [];
  for (let i = 0; i < options.brands; i += 1) advertisers.push(buildAdvertiser(options, i, profiles));
  const others = otherProfiles(options.seed);
  const campaigns: Campaign[] = [];
  for (let i = 0; i < options.campaigns; i += 1) {
    const advertiser = advertisers[i % advertisers.length];
    if (advertiser)
      campaigns.push(buildCampaign(options, advertiser, { index: i, turn: Math.floor(i / advertisers.length) }));
  }
  const users = buildUsers(options.seed, advertisers, others);
  return {
    seed: options.seed,
    anchor: options.anchor,
    months: options.months,
    users,
    profiles: [...profiles, ...others],
    advertisers,
    campaigns,
    ...buildLeaves(options, campaigns),
    amc: buildAmc(options, { profiles, advertisers, users }),
  };
}

function buildAdvertiser(options: WorldOptions, index: number, profiles: Profile[]): Advertiser {
  const market = MARKETS[index % MARKETS.length];
  if (!market) throw new Error("no market");
  const name = brandName(index);
  const entityName = `Northlight Media ${market.country}`;
  const group = Math.floor(index / (ENTITY_SIZE * MARKETS.length));
  const fullName = group === 0 ? entityName : `${entityName} ${group + 1}`;
  let profile = profiles.find((known) => known.name === fullName);
  if (!profile) {
    profile = {
      profileId: profileIdOf(options.seed, profiles.length),
      region: market.region,
      countryCode: market.country,
      currencyCode: market.currency,
      timezone: market.zone,
      marketplaceStringId: market.marketplaceId,
      accountId: `ENTITY${codeOf(13, [options.seed, fullName])}`,
      type: "agency",
      name: fullName,
    };
    profiles.push(profile);
  }
  return {
    advertiserId: idOf("4", 19, [options.seed, "advertiser", index]),
    entityId: profile.accountId,
    profileId: profile.profileId,
    region: market.region,
    name,
    currency: market.currency,
    url: `${name.toLowerCase().replace(/[^a-z0-9]+/g, "")}.example`,
    country: market.country,
    marketplace: market.marketplaceId,
    timezone: market.zone,
  };
}

function brandName(index: number): string {
  const name = BRAND_NAMES[index % BRAND_NAMES.length] ?? "Brand";
  const round = Math.floor(index / BRAND_NAMES.length);
  return round === 0 ? name : `${name} ${round + 1}`;
}

/** Every other profile id is above 2^53, so that a client that reads it as a number is found out. */
function profileIdOf(seed: number, index: number): string {
  return index % 2 === 0 ? idOf("7", 19, [seed, "profile", index]) : idOf("3", 15, [seed, "profile", index]);
}

function otherProfiles(seed: number): Profile[] {
  const shared = {
    region: "NA",
    countryCode: "US",
    currencyCode: "USD",
    marketplaceStringId: "ATVPDKIKX0DER",
  } as const;
  return [
    {
      ...shared,
      profileId: profileIdOf(seed, 901),
      timezone: "America/Los_Angeles",
      dailyBudget: 500,
      accountId: codeOf(14, [seed, "seller"]),
      type: "seller",
      name: "Harbor & Pine Store",
    },
  ];
}

function buildUsers(seed: number, advertisers: Advertiser[], others: Profile[]): AmazonUser[] {
  const user = (name: string, postalCode: string): AmazonUser => ({
    id: `amzn1.account.${codeOf(28, [seed, "user", name])}`,
    name,
    email: `${name.toLowerCase().replace(" ", ".")}@northlight.example`,
    postalCode,
    access: {},
    otherProfileIds: [],
  });
  const ava = user("Ava Brandt", "10001");
  const ben = user("Ben Ortiz", "90012");
  const chloe = user("Chloe Weiss", "10115");
  ava.otherProfileIds = others.map((profile) => profile.profileId);
  advertisers.forEach((advertiser, index) => {
    ava.access[advertiser.advertiserId] = "edit";
    if (index === 0) ben.access[advertiser.advertiserId] = "edit";
    if (index === 1) chloe.access[advertiser.advertiserId] = "view";
    if (index === 2) chloe.access[advertiser.advertiserId] = "noReports";
  });
  return [ava, ben, chloe];
}

function buildCampaign(options: WorldOptions, advertiser: Advertiser, at: { index: number; turn: number }): Campaign {
  const archetype = ARCHETYPES[at.turn % ARCHETYPES.length] as Archetype;
  const random = randomOf(options.seed, "campaign", at.index);
  const month = addMonths(options.anchor, 0);
  const startDay = addMonths(month, Math.max(-options.months, archetype.fromMonth));
  const endDay = addDays(addMonths(month, archetype.toMonth), -1);
  const round = Math.floor(at.turn / ARCHETYPES.length);
  const paused = archetype.pausedDaysAgo !== undefined;
  return {
    campaignId: idOf("57", 18, [options.seed, "campaign", at.index]),
    advertiser,
    name: `${advertiser.name} | ${archetype.label}${round === 0 ? "" : ` ${round + 1}`}`,
    state: paused ? "PAUSED" : "ENABLED",
    inventory: archetype.inventory,
    kpi: archetype.kpi,
    kpiValue: archetype.kpiValue,
    goal: archetype.goal,
    agencyFeePercent: pick(random, [5, 8, 10]),
    startDay,
    endDay,
    ...(paused ? { deliversUntil: addDays(options.anchor, -(archetype.pausedDaysAgo ?? 0)) } : {}),
    monthlyBudget: Math.round((18000 * archetype.share * (0.7 + random() * 0.8)) / 100) * 100,
    externalId: `PO-${codeOf(6, [options.seed, "po", at.index], "0123456789")}`,
    anomalies: plantAnomalies(options, at.index),
  };
}

/** One anomaly of each kind a campaign: before the anchor, inside the last 90 days, and after the anchor. */
function plantAnomalies(options: WorldOptions, index: number): Anomaly[] {
  const random = randomOf(options.seed, "anomaly", index);
  const day = (from: number, to: number) => addDays(options.anchor, Math.round(from + random() * (to - from)));
  return [
    { day: day(-80, -45), kind: "spend_spike", factor: 2.6 + random() },
    { day: day(-40, -8), kind: "delivery_drop", factor: 0.06 + random() * 0.08 },
    { day: day(-360, -100), kind: "conversion_outage", factor: 0 },
    { day: day(5, 50), kind: "spend_spike", factor: 2.2 + random() },
  ];
}
