import type { Inventory } from "./types";

// The words the world is made of.

export const BRAND_NAMES = [
  "Harbor & Pine Coffee",
  "Lumen Trail Outdoor",
  "Alpenherz Naturkost",
  "Cedar Lane Home",
  "Velora Skincare",
  "Brightpaw Pet Foods",
  "Nordwind Haushalt",
  "Summit Forge Tools",
  "Juniper Kids",
  "Castell Olive Oil",
  "Oakline Furniture",
  "Maison Clairval",
] as const;

export interface Market {
  region: "NA" | "EU";
  country: string;
  currency: string;
  zone: string;
  marketplaceId: string;
  tld: string;
}

const us = { region: "NA", country: "US", currency: "USD", marketplaceId: "ATVPDKIKX0DER", tld: "com" } as const;

/** Brand n lives in market n modulo the list: two of three in North America, one in Europe. */
export const MARKETS: readonly Market[] = [
  { ...us, zone: "America/New_York" },
  { ...us, zone: "America/Los_Angeles" },
  {
    region: "EU",
    country: "DE",
    currency: "EUR",
    zone: "Europe/Berlin",
    marketplaceId: "A1PA6795UKMFR9",
    tld: "de",
  },
];

export interface Archetype {
  label: string;
  inventory: Inventory;
  kpi: string;
  kpiValue: number;
  goal: "AWARENESS" | "CONSIDERATION" | "CONVERSIONS";
  /** months from the anchor's month; the start is clipped to the world's first month */
  fromMonth: number;
  toMonth: number;
  pausedDaysAgo?: number;
  share: number;
  cpmCents: number;
  clickRate: number;
  purchaseRate: number;
}

export const ARCHETYPES: readonly Archetype[] = [
  {
    label: "Prospecting | Always On | Display",
    inventory: "DISPLAY",
    kpi: "RETURN_ON_AD_SPEND",
    kpiValue: 3.5,
    goal: "CONVERSIONS",
    fromMonth: -99,
    toMonth: 6,
    share: 1,
    cpmCents: 310,
    clickRate: 0.0019,
    purchaseRate: 0.00021,
  },
  {
    label: "Retargeting | Cart & Detail Page Viewers",
    inventory: "DISPLAY",
    kpi: "TOTAL_RETURN_ON_AD_SPEND",
    kpiValue: 8,
    goal: "CONVERSIONS",
    fromMonth: -99,
    toMonth: 6,
    share: 0.55,
    cpmCents: 480,
    clickRate: 0.0034,
    purchaseRate: 0.00092,
  },
  {
    label: "Streaming TV | Awareness",
    inventory: "STREAMING_TV",
    kpi: "REACH",
    kpiValue: 250000,
    goal: "AWARENESS",
    fromMonth: -5,
    toMonth: 4,
    share: 0.4,
    cpmCents: 2650,
    clickRate: 0.0002,
    purchaseRate: 0.00011,
  },
  {
    label: "Seasonal Push | Competitor Conquest",
    inventory: "DISPLAY",
    kpi: "COST_PER_DETAIL_PAGE_VIEW",
    kpiValue: 1.2,
    goal: "CONSIDERATION",
    fromMonth: -4,
    toMonth: 2,
    pausedDaysAgo: 24,
    share: 0.7,
    cpmCents: 365,
    clickRate: 0.0023,
    purchaseRate: 0.0003,
  },
  {
    label: "Online Video | Consideration",
    inventory: "ONLINE_VIDEO",
    kpi: "VIDEO_COMPLETION_RATE",
    kpiValue: 0.7,
    goal: "CONSIDERATION",
    fromMonth: -8,
    toMonth: 5,
    share: 0.45,
    cpmCents: 1180,
    clickRate: 0.0011,
    purchaseRate: 0.00017,
  },
  {
    label: "Audio | Reach Lift",
    inventory: "AUDIO",
    kpi: "REACH",
    kpiValue: 90000,
    goal: "AWARENESS",
    fromMonth: -6,
    toMonth: -1,
    share: 0.25,
    cpmCents: 1420,
    clickRate: 0.0003,
    purchaseRate: 0.00006,
  },
];

export const AD_GROUP_NAMES = [
  "In-market | Desktop + Mobile Web",
  "Lifestyle | Mobile App",
  "Lookalike | Past Purchasers 365d",
  "Contextual | Category Pages",
  "Detail page views 30d | No purchase",
  "Cart abandoners 14d",
] as const;

export const CREATIVE_THEMES = [
  "Hero",
  "Bundle Offer",
  "Customer Reviews",
  "Subscribe & Save",
  "New Arrival",
  "Gift Guide",
] as const;

export const SIZES: Record<Inventory, readonly string[]> = {
  DISPLAY: ["300x250", "728x90", "160x600", "970x250", "320x50"],
  ONLINE_VIDEO: ["1920x1080"],
  STREAMING_TV: ["1920x1080"],
  AUDIO: ["1x1"],
};
