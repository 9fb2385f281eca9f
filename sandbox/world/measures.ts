// The additive numbers the world keeps for one leaf and day. Counts and whole amounts are integers; `cents` are 1/100 of the currency.

const COUNTS = [
  "impressions",
  "invalidImpressions",
  "measurableImpressions",
  "viewableImpressions",
  "clicks",
  "invalidClickThroughs",
  "videoAdStart",
  "videoAdFirstQuartile",
  "videoAdMidpoint",
  "videoAdThirdQuartile",
  "videoAdComplete",
  "videoAdMute",
  "videoAdPause",
  "audioAdStart",
  "audioAdFirstQuartile",
  "audioAdMidpoint",
  "audioAdThirdQuartile",
  "audioAdCompletions",
  "detailPageViewViews",
  "detailPageViewClicks",
  "addToCartViews",
  "addToCartClicks",
  "addToListViews",
  "addToListClicks",
  "purchasesViews",
  "purchasesClicks",
  "newToBrandPurchasesViews",
  "newToBrandPurchasesClicks",
  "newToBrandDetailPageViewViews",
  "newToBrandDetailPageViewClicks",
  "newSubscribeAndSaveViews",
  "newSubscribeAndSaveClicks",
  "brandSearchesViews",
  "brandSearchesClicks",
  "detailPageViewBrandHaloViews",
  "detailPageViewBrandHaloClicks",
  "addToCartBrandHaloViews",
  "addToCartBrandHaloClicks",
  "addToListBrandHaloViews",
  "addToListBrandHaloClicks",
  "purchasesBrandHaloViews",
  "purchasesBrandHaloClicks",
  "newToBrandPurchasesBrandHaloViews",
  "newToBrandPurchasesBrandHaloClicks",
  "pageViewViews",
  "pageViewClicks",
  "addToShoppingCartViews",
  "addToShoppingCartClicks",
  "checkoutViews",
  "checkoutClicks",
  "signUpViews",
  "signUpClicks",
  "unitsSold",
  "unitsSoldBrandHalo",
  "newToBrandUnitsSold",
  "newToBrandUnitsSoldBrandHalo",
  "offAmazonUnitsSold",
  // Sales that Amazon documents as Integer: whole currency units.
  "newToBrandProductSales",
  "salesBrandHalo",
  "newToBrandSalesBrandHalo",
  "combinedProductSales",
] as const;

const CENTS = [
  "supplyCost",
  "amazonDSPAudienceFee",
  "amazonDSPConsoleFee",
  "agencyFee",
  "3pFeeDoubleVerify",
  "sales",
  "checkoutValueSum",
] as const;

export type Measure = (typeof COUNTS)[number] | (typeof CENTS)[number];

export const MEASURES: readonly Measure[] = [...COUNTS, ...CENTS];
export const MEASURE_COUNT = MEASURES.length;
export const M = Object.fromEntries(MEASURES.map((name, index) => [name, index])) as Record<Measure, number>;

export type Values = Float64Array;

export const emptyValues = (): Values => new Float64Array(MEASURE_COUNT);

export function addValues(into: Values, values: Values): void {
  for (let i = 0; i < MEASURE_COUNT; i += 1) into[i] = (into[i] ?? 0) + (values[i] ?? 0);
}

const centsNames: ReadonlySet<string> = new Set(CENTS);
export const isCents = (measure: Measure): boolean => centsNames.has(measure);
