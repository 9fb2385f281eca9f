import { REPORT_TYPES } from "./catalog";
import { type Reader, readerOf } from "./columns";

// The older DSP report's words (contracts.md 4.2): types, dimensions with their default fields, and metrics.

export interface LegacyType {
  dimensions: readonly string[];
  /** key into the segments, where rows split below the entities */
  segments?: string;
}

const BOTH = ["ORDER", "LINE_ITEM"];

export const LEGACY_TYPES: Record<string, LegacyType> = {
  CAMPAIGN: { dimensions: [...BOTH, "CREATIVE"] },
  INVENTORY: { dimensions: [...BOTH, "SITE", "SUPPLY", "DEAL"], segments: "dspInventory" },
  AUDIENCE: { dimensions: BOTH, segments: "dspAudience" },
  PRODUCTS: { dimensions: BOTH, segments: "dspProduct" },
  TECHNOLOGY: {
    dimensions: [...BOTH, "OPERATING_SYSTEM", "BROWSER_TYPE", "BROWSER_VERSION", "DEVICE_TYPE", "ENVIRONMENT_TYPE"],
    segments: "dspTech",
  },
  GEOGRAPHY: {
    dimensions: [...BOTH, "COUNTRY", "STATE_COUNTY_REGION", "CITY", "DMA", "POSTAL_CODE"],
    segments: "dspGeo",
  },
  CONVERSION_SOURCE: { dimensions: [...BOTH, "CREATIVE", "CONVERSION_SOURCE"], segments: "conversionSource" },
};

const epoch = (day: string | number): number => Date.parse(`${day}T00:00:00Z`);

/** Default fields by dimension: the name in the file, and the current column it comes from. Dates are epoch ms. */
export const LEGACY_DEFAULTS: Record<string, [name: string, column: string][]> = {
  ORDER: same(
    "orderName",
    "orderId",
    "orderStartDate",
    "orderEndDate",
    "orderBudget",
    "orderExternalId",
    "orderCurrency",
  ),
  LINE_ITEM: same(
    "lineItemName",
    "lineItemId",
    "lineItemStartDate",
    "lineItemEndDate",
    "lineItemBudget",
    "lineItemExternalId",
  ),
  CREATIVE: [
    ...same("creativeName"),
    ["creativeID", "creativeId"],
    ...same("creativeType", "creativeSize", "creativeAdId"),
  ],
  SITE: [["siteName", "site"]],
  SUPPLY: [["supplySourceName", "supplySource"]],
  DEAL: [...same("deal"), ["dealID", "dealId"]],
  COUNTRY: same("country"),
  STATE_COUNTY_REGION: same("region"),
  CITY: same("city"),
  DMA: [
    ["designatedMarketAreaCode", "dmaCode"],
    ["designatedMarketAreaName", "dmaName"],
  ],
  POSTAL_CODE: same("postalCode"),
  OPERATING_SYSTEM: [["operatingSystem", "operatingSystemName"]],
  BROWSER_TYPE: [["browser", "browserName"]],
  BROWSER_VERSION: same("browserVersion"),
  DEVICE_TYPE: [["device", "deviceName"]],
  ENVIRONMENT_TYPE: [["environmentType", "environmentName"]],
  CONVERSION_SOURCE: same("conversionSource"),
};

function same(...names: string[]): [string, string][] {
  return names.map((name) => [name, name]);
}

const RENAMED: Record<string, string> = {
  clickThroughs: "clicks",
  CTR: "clickThroughRate",
  amazonAudienceFee: "amazonDSPAudienceFee",
  amazonPlatformFee: "amazonDSPConsoleFee",
  dpv14d: "detailPageViews",
  dpvClicks14d: "detailPageViewClicks",
  dpvViews14d: "detailPageViewViews",
  dpvr14d: "detailPageViewRate",
  eCPDPV14d: "eCPDetailPageView",
  atc14d: "addToCart",
  atcr14d: "addToCartRate",
  eCPAtc14d: "eCPAddToCart",
  atl14d: "addToList",
  percentOfPurchasesNewToBrand14d: "newToBrandPurchasesPercentage",
  videoStart: "videoAdStart",
  videoFirstQuartile: "videoAdFirstQuartile",
  videoMidpoint: "videoAdMidpoint",
  videoThirdQuartile: "videoAdThirdQuartile",
  videoComplete: "videoAdComplete",
  videoCompletionRate: "videoAdCompletionRate",
  brandSearch14d: "brandSearches",
  totalPixel14d: "offAmazonConversions",
  productPurchased: "offAmazonPurchases",
  invalidClickThroughsRate: "invalidClickThroughRate",
};

const current = new Set([...(REPORT_TYPES.dspCampaign?.base ?? []), ...(REPORT_TYPES.dspProduct?.base ?? [])]);

/** The current column behind an old metric; undefined: no such metric. */
export function legacyMetric(name: string): string | undefined {
  const renamed = RENAMED[name];
  if (renamed) return renamed;
  const column = name.endsWith("14d") ? name.slice(0, -3) : name;
  return current.has(column) ? column : undefined;
}

/** What a report without `metrics` carries is not recorded; these are the main ones. */
export const MAIN_METRICS = [
  "impressions",
  "clickThroughs",
  "CTR",
  "totalCost",
  "supplyCost",
  "totalFee",
  "eCPM",
  "eCPC",
  "viewableImpressions",
  "measurableImpressions",
  "viewabilityRate",
  "dpv14d",
  "atc14d",
  "purchases14d",
  "unitsSold14d",
  "sales14d",
  "ROAS14d",
  "newToBrandPurchases14d",
  "totalPurchases14d",
  "totalSales14d",
  "totalROAS14d",
];

/** Day columns leave as epoch ms. */
export function legacyReader(column: string): Reader {
  const read = readerOf(column);
  return /Date$|^date$|^interval/.test(column) ? (row) => epoch(read(row)) : read;
}
