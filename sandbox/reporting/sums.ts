import { isCents, M, MEASURES, type Measure, type Values } from "../world/measures";

// Columns that are sums of measures. Amounts come out in cents, all else as counts.

export interface Sum {
  indexes: number[];
  factors: number[];
  cents: boolean;
}

const FEES: Measure[] = ["amazonDSPAudienceFee", "amazonDSPConsoleFee", "agencyFee", "3pFeeDoubleVerify"];
const OFF_AMAZON = ["pageView", "addToShoppingCart", "checkout", "signUp"];

const sums = new Map<string, Sum>();

function count(column: string, measures: readonly string[]): void {
  sums.set(column, {
    indexes: measures.map((measure) => M[measure as Measure]),
    factors: measures.map(() => 1),
    cents: false,
  });
}

/** Whole currency units are counted as 100 cents each. */
function amount(column: string, measures: readonly Measure[]): void {
  sums.set(column, {
    indexes: measures.map((measure) => M[measure]),
    factors: measures.map((measure) => (isCents(measure) ? 1 : 100)),
    cents: true,
  });
}

/** `total` = views + clicks of each stem; `<total|part>Views` and `<…>Clicks` beside it. */
function family(total: string, stems: readonly string[], part = total): void {
  count(
    total,
    stems.flatMap((stem) => [`${stem}Views`, `${stem}Clicks`]),
  );
  count(
    `${part}Views`,
    stems.map((stem) => `${stem}Views`),
  );
  count(
    `${part}Clicks`,
    stems.map((stem) => `${stem}Clicks`),
  );
}

for (const measure of MEASURES) {
  if (isCents(measure)) amount(measure, [measure]);
  else count(measure, [measure]);
}
family("detailPageViews", ["detailPageView"], "detailPageView");
family("newToBrandDetailPageViews", ["newToBrandDetailPageView"], "newToBrandDetailPageView");
family("totalNewToBrandDPVs", ["newToBrandDetailPageView"], "totalNewToBrandDPV");
for (const stem of ["addToCart", "addToList", "purchases", "newToBrandPurchases"]) {
  family(stem, [stem]);
  family(`${stem}BrandHalo`, [`${stem}BrandHalo`]);
  family(`total${stem[0]?.toUpperCase()}${stem.slice(1)}`, [stem, `${stem}BrandHalo`]);
}
family("detailPageViewBrandHalo", ["detailPageViewBrandHalo"]);
family("totalDetailPageView", ["detailPageView", "detailPageViewBrandHalo"]);
family("newSubscribeAndSave", ["newSubscribeAndSave"]);
family("totalSubscribeAndSave", ["newSubscribeAndSave"]);
family("brandSearches", ["brandSearches"]);
family("pageViews", ["pageView"], "pageView");
family("addToShoppingCart", ["addToShoppingCart"]);
family("checkout", ["checkout"]);
family("signUp", ["signUp"]);
family("offAmazonPurchases", ["checkout"]);
family("offAmazonConversions", OFF_AMAZON, "offAmazon");
family("combinedPurchases", ["purchases", "checkout"]);
count("grossImpressions", ["impressions", "invalidImpressions"]);
count("grossClickThroughs", ["clicks", "invalidClickThroughs"]);
count("masterImpressions", ["impressions"]);
count("masterClicks", ["clicks"]);
count("videoAdImpressions", ["videoAdStart"]);
count("videoAdCreativeViews", ["videoAdStart"]);
count("audioAdViews", ["audioAdStart"]);
count("totalUnitsSold", ["unitsSold", "unitsSoldBrandHalo"]);
count("totalNewToBrandUnitsSold", ["newToBrandUnitsSold", "newToBrandUnitsSoldBrandHalo"]);
count("combinedUnitsSold", ["unitsSold", "offAmazonUnitsSold"]);
amount("totalFee", FEES);
amount("totalCost", ["supplyCost", ...FEES]);
amount("3PFees", ["3pFeeDoubleVerify"]);
amount("salesPromoted", ["sales"]);
amount("totalSales", ["sales", "salesBrandHalo"]);
amount("newToBrandSales", ["newToBrandProductSales"]);
amount("totalNewToBrandSales", ["newToBrandProductSales", "newToBrandSalesBrandHalo"]);
amount("offAmazonProductSales", ["checkoutValueSum"]);
sums.set("bids", { indexes: [M.impressions], factors: [4], cents: false });

export const sumOf = (column: string): Sum | undefined => sums.get(column);

export function evaluate(sum: Sum, values: Values): number {
  let total = 0;
  for (let i = 0; i < sum.indexes.length; i += 1) total += (values[sum.indexes[i] ?? 0] ?? 0) * (sum.factors[i] ?? 0);
  return total;
}
