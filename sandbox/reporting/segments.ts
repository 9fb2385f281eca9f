import { addValues, emptyValues, MEASURE_COUNT, type Values } from "../world/measures";
import { mix, randomSource } from "../world/random";
import type { Leaf } from "../world/types";

// How one leaf's day splits over supply, geography, technology, audiences and products. Parts always sum to the whole.

export interface Segment {
  weight: number;
  fields: Record<string, string | number>;
}

const segment = (weight: number, fields: Record<string, string | number>): Segment => ({ weight, fields });

function supply(
  weight: number,
  values: [source: string, id: number, site: string, size: number, placement: string, deal?: string],
): Segment {
  const [supplySource, supplySourceId, site, placementSize, placement, deal] = values;
  const dealFields = deal
    ? { deal, dealId: `D-${supplySourceId}`, dealType: "Private Auction" }
    : { deal: "", dealId: "", dealType: "" };
  return segment(weight, { supplySource, supplySourceId, site, placementSize, placement, ...dealFields });
}

const INVENTORY: Segment[] = [
  supply(30, ["Amazon Sites", 101, "amazon.com", 300250, "Detail page"]),
  supply(14, ["Amazon Sites", 101, "imdb.com", 728090, "Header"]),
  supply(16, ["Twitch", 102, "twitch.tv", 300250, "In stream", "Twitch Upfront"]),
  supply(12, ["Amazon Publisher Services", 201, "weathernews.example", 300250, "Above the fold"]),
  supply(10, ["Amazon Publisher Services", 201, "recipebox.example", 160600, "Below the fold"]),
  supply(9, ["Google Ad Exchange", 301, "dailypost.example", 728090, "Above the fold"]),
  supply(6, ["Index Exchange", 302, "sportshub.example", 320050, "Below the fold", "Sports Hub PMP"]),
  supply(3, ["Index Exchange", 302, "travelogue.example", 970250, "Above the fold"]),
];

const place = (
  weight: number,
  values: [country: string, region: string, city: string, postalCode: string, dmaCode: string, dmaName: string],
): Segment => {
  const [country, region, city, postalCode, dmaCode, dmaName] = values;
  return segment(weight, { country, region, city, postalCode, dmaCode, dmaName });
};

const GEO: Segment[] = [
  place(18, ["United States", "New York", "New York", "10001", "501", "New York, NY"]),
  place(9, ["United States", "New York", "Brooklyn", "11201", "501", "New York, NY"]),
  place(16, ["United States", "California", "Los Angeles", "90012", "803", "Los Angeles, CA"]),
  place(9, ["United States", "California", "San Francisco", "94103", "807", "San Francisco-Oakland-San Jose, CA"]),
  place(12, ["United States", "Illinois", "Chicago", "60601", "602", "Chicago, IL"]),
  place(11, ["United States", "Texas", "Houston", "77002", "618", "Houston, TX"]),
  place(8, ["United States", "Texas", "Austin", "73301", "635", "Austin, TX"]),
  place(7, ["United States", "Washington", "Seattle", "98101", "819", "Seattle-Tacoma, WA"]),
  place(6, ["Canada", "Ontario", "Toronto", "M5H", "", ""]),
  place(4, ["Canada", "Quebec", "Montreal", "H2Y", "", ""]),
];

const device = (
  weight: number,
  values: [os: string, browser: string, version: string, device: string, environment: string],
): Segment => {
  const [operatingSystemName, browserName, browserVersion, deviceName, environmentName] = values;
  return segment(weight, { operatingSystemName, browserName, browserVersion, deviceName, environmentName });
};

const TECH: Segment[] = [
  device(24, ["iOS", "Safari", "Safari 18", "Phone", "Web"]),
  device(18, ["Android", "Chrome", "Chrome 131", "Phone", "Web"]),
  device(16, ["Android", "Other", "Other", "Phone", "App"]),
  device(14, ["Windows", "Chrome", "Chrome 131", "Desktop", "Web"]),
  device(6, ["Windows", "Edge", "Edge 131", "Desktop", "Web"]),
  device(8, ["macOS", "Safari", "Safari 18", "Desktop", "Web"]),
  device(10, ["Fire OS", "Other", "Other", "Connected TV", "App"]),
  device(4, ["iOS", "Safari", "Safari 17", "Tablet", "Web"]),
];

const audience = (weight: number, name: string, at: { id: number; type: string }): Segment =>
  segment(weight, {
    segmentName: name,
    segmentId: String(400_000_000_000 + at.id),
    segmentClassCode: at.type === "Remarketing" ? "REMARKETING" : "BEHAVIORAL",
    segmentSource: "Amazon",
    segmentType: at.type,
    segmentMarketplaceId: "ATVPDKIKX0DER",
    targetingMethod: "Include",
  });

const AUDIENCE: Segment[] = [
  audience(30, "IM - Coffee & Tea", { id: 71, type: "In-market" }),
  audience(22, "LS - Outdoor Enthusiasts", { id: 72, type: "Lifestyle" }),
  audience(20, "Product viewers 30d", { id: 73, type: "Remarketing" }),
  audience(16, "Past purchasers 365d lookalike", { id: 74, type: "Lookalike" }),
  audience(12, "IM - Home & Kitchen", { id: 75, type: "In-market" }),
];

const product = (weight: number, values: [asin: string, parent: string, name: string, category: string]): Segment => {
  const [asin, parentAsin, productName, productCategory] = values;
  return segment(weight, {
    asin,
    parentAsin,
    featuredAsin: asin,
    productName,
    productCategory,
    productGroup: "Consumables",
    productSubCategory: productCategory,
    conversionType: "Promoted",
    reportGranularity: "ASIN",
  });
};

const PRODUCT: Segment[] = [
  product(34, ["B0TMK00001", "B0TMKP0001", "Classic, 1 kg", "Grocery"]),
  product(24, ["B0TMK00002", "B0TMKP0001", "Classic, 500 g", "Grocery"]),
  product(18, ["B0TMK00003", "B0TMKP0002", "Reserve Blend", "Grocery"]),
  product(13, ["B0TMK00004", "B0TMKP0003", "Starter Set", "Kitchen"]),
  product(8, ["B0TMK00005", "B0TMKP0003", "Gift Box", "Kitchen"]),
  product(3, ["B0TMK00006", "B0TMKP0004", "Refill Pack", "Grocery"]),
];

const FREQUENCY_GROUP: Segment[] = [
  segment(70, { frequencyGroupId: 8_800_000_000_001, frequencyGroupName: "Always-on cap 3/day" }),
  segment(30, { frequencyGroupId: 8_800_000_000_002, frequencyGroupName: "Upper funnel cap 2/day" }),
];

const rule = (weight: number, name: string, at: { id: string; term: string; factor: number }): Segment =>
  segment(weight, {
    bidAdjustmentRule: name,
    bidAdjustmentRuleId: at.id,
    bidAdjustmentMatchedTerms: at.term,
    bidAdjustmentMatchedTermIds: `${at.id}-${at.term.length}`,
    bidAdjustment: at.factor,
    matchRate: 0.42,
  });

const BID: Segment[] = [
  rule(40, "Evening uplift", { id: "BR-1001", term: "hour=18..22", factor: 1.25 }),
  rule(35, "Evening uplift", { id: "BR-1001", term: "hour=22..24", factor: 1.1 }),
  rule(25, "Mobile app trim", { id: "BR-1002", term: "environment=app", factor: 0.8 }),
];

const content = (weight: number, values: [genre: string, rating: string, title: string, type: string]): Segment => {
  const [contentGenre, contentRating, contentTitle, contentType] = values;
  const source = { supplySource: "Amazon Streaming TV", supplySourceId: 103 };
  return segment(weight, { contentGenre, contentRating, contentTitle, contentType, ...source });
};

const CONTENT: Segment[] = [
  content(45, ["Drama", "TV-14", "The Long Shore", "TV Show"]),
  content(35, ["Comedy", "PG-13", "Two Left Feet", "Movie"]),
  content(20, ["Sports", "TV-G", "Friday Night Match", "Live"]),
];

const path = (weight: number, simplifiedPath: string, amazonDspDisplayFrequency: number): Segment =>
  segment(weight, {
    simplifiedPath,
    amazonDspDisplayFrequency,
    sponsoredProductsFrequency: simplifiedPath.includes("SP") ? 1 : 0,
  });

const PATH: Segment[] = [
  path(48, "ADSP Display", 3.2),
  path(30, "ADSP Display > SP", 2.4),
  path(14, "ADSP Display > SP > SP", 2.1),
  path(8, "SP > ADSP Display", 1.7),
];

const CONVERSION_SOURCE: Segment[] = [segment(1, { conversionSource: "Amazon" })];

/** by report type of either dialect */
export const SEGMENTS: Record<string, Segment[]> = {
  dspInventory: INVENTORY,
  dspAudience: AUDIENCE,
  dspProduct: PRODUCT,
  dspTech: TECH,
  dspGeo: GEO,
  dspReachFrequency: [...INVENTORY],
  frequencyGroup: FREQUENCY_GROUP,
  dspBidAdjustment: BID,
  dspAudioAndVideo: [...INVENTORY],
  content: CONTENT,
  conversionPath: PATH,
  conversionSource: CONVERSION_SOURCE,
};

/** Splits `values` over the segments with the leaf's own taste; calls `each` with every part that is not empty. */
export function splitValues(
  leaf: Leaf,
  values: Values,
  segments: readonly Segment[],
  each: (segment: Segment, part: Values) => void,
): void {
  const bounds = boundsOf(leaf, segments);
  const part = emptyValues();
  const taken = emptyValues();
  segments.forEach((item, index) => {
    const bound = bounds[index] ?? 1;
    let some = false;
    for (let i = 0; i < MEASURE_COUNT; i += 1) {
      const upTo = index === segments.length - 1 ? (values[i] ?? 0) : Math.floor((values[i] ?? 0) * bound);
      part[i] = upTo - (taken[i] ?? 0);
      some ||= part[i] !== 0;
    }
    if (some) each(item, part);
    addValues(taken, part);
  });
}

const known = new WeakMap<readonly Segment[], Map<number, number[]>>();

function boundsOf(leaf: Leaf, segments: readonly Segment[]): number[] {
  let byLeaf = known.get(segments);
  if (!byLeaf) {
    byLeaf = new Map();
    known.set(segments, byLeaf);
  }
  let bounds = byLeaf.get(leaf.key);
  if (!bounds) {
    const random = randomSource(mix(leaf.key, segments.length));
    const weights = segments.map((item) => item.weight * (0.75 + random() * 0.5));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    bounds = weights.map((weight) => {
      sum += weight / total;
      return sum;
    });
    byLeaf.set(leaf.key, bounds);
  }
  return bounds;
}
