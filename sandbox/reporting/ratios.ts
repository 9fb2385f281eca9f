import type { Values } from "../world/measures";
import { evaluate, type Sum, sumOf } from "./sums";

// Columns computed from sums: rates (fractions), costs per thing, returns. Never averaged, 0 where the divisor is 0.

interface Ratio {
  above: Sum;
  below: Sum;
  factor: number;
  digits: number;
}

const ratios = new Map<string, Ratio>();

function ratio(
  column: string,
  above: string,
  below: string,
  kind: "rate" | "cost" | "perThousand" | "return" = "rate",
): void {
  const top = sumOf(above);
  const bottom = sumOf(below);
  if (!top || !bottom) throw new Error(`no sum for ${column}`);
  const unit = (top.cents ? 0.01 : 1) / (bottom.cents ? 0.01 : 1);
  const digits = { rate: 6, return: 4, cost: 2, perThousand: 2 }[kind];
  ratios.set(column, { above: top, below: bottom, factor: kind === "perThousand" ? unit * 1000 : unit, digits });
}

/** What each thing is called as a rate of impressions and as cost per thing. */
const RATES: [thing: string, rate: string, cost: string][] = [
  ["clicks", "clickThroughRate", "eCPC"],
  ["detailPageViews", "detailPageViewRate", "eCPDetailPageView"],
  ["addToCart", "addToCartRate", "eCPAddToCart"],
  ["addToList", "addToListRate", "eCPAddToList"],
  ["purchases", "purchaseRate", "eCPP"],
  ["newToBrandPurchases", "newToBrandPurchaseRate", "NewToBrandECPP"],
  ["newToBrandDetailPageViews", "newToBrandDetailPageViewRate", "newToBrandECPDetailPageView"],
  ["newSubscribeAndSave", "newSubscribeAndSaveRate", "eCPnewSubscribeAndSave"],
  ["brandSearches", "brandSearchRate", "eCPBrandSearch"],
  ["totalDetailPageView", "totalDetailPageViewRate", "totalECPDetailPageView"],
  ["totalAddToCart", "totalAddToCartRate", "totalECPAddToCart"],
  ["totalAddToList", "totalAddToListRate", "totalECPAddToList"],
  ["totalPurchases", "totalPurchaseRate", "totalECPP"],
  ["totalNewToBrandPurchases", "totalNewToBrandPurchaseRate", "totalNewToBrandECPP"],
  ["totalNewToBrandDPVs", "totalNewToBrandDPVRate", "totalNewToBrandECPDetailPageView"],
  ["totalSubscribeAndSave", "totalSubscribeAndSaveRate", "totalECPSubscribeAndSave"],
  ["offAmazonPurchases", "offAmazonPurchaseRate", "offAmazonECPP"],
  ["offAmazonConversions", "offAmazonCVR", "offAmazonCPA"],
  ["combinedPurchases", "combinedPurchaseRate", "combinedECPP"],
  ["pageViews", "pageViewCVR", "pageViewCPA"],
  ["addToShoppingCart", "addToShoppingCartCVR", "addToShoppingCartCPA"],
  ["checkout", "checkoutCVR", "checkoutCPA"],
  ["signUp", "signUpCVR", "signUpCPA"],
];

const RETURNS: [sales: string, onSpend: string, perThousand: string][] = [
  ["sales", "ROAS", "eRPM"],
  ["newToBrandProductSales", "newToBrandROAS", "newToBrandERPM"],
  ["totalSales", "totalROAS", "totalERPM"],
  ["totalNewToBrandSales", "totalNewToBrandROAS", "totalNewToBrandERPM"],
  ["offAmazonProductSales", "offAmazonROAS", "offAmazonERPM"],
  ["combinedProductSales", "combinedROAS", "combinedERPM"],
];

for (const [thing, rate, cost] of RATES) {
  ratio(rate, thing, "impressions");
  ratio(cost, "totalCost", thing, "cost");
}
for (const [sales, onSpend, perThousand] of RETURNS) {
  ratio(onSpend, sales, "totalCost", "return");
  ratio(perThousand, sales, "impressions", "perThousand");
}
ratio("eCPM", "totalCost", "impressions", "perThousand");
ratio("costPerThousandImpressions", "totalCost", "impressions", "perThousand");
ratio("measurableRate", "measurableImpressions", "impressions");
ratio("viewabilityRate", "viewableImpressions", "measurableImpressions");
ratio("invalidImpressionRate", "invalidImpressions", "grossImpressions");
ratio("invalidClickThroughRate", "invalidClickThroughs", "grossClickThroughs");
ratio("newToBrandPurchasesPercentage", "newToBrandPurchases", "purchases");
ratio("totalNewToBrandPurchasesPercentage", "totalNewToBrandPurchases", "totalPurchases");
ratio("newToBrandPurchasePercentageBrandHalo", "newToBrandPurchasesBrandHalo", "purchasesBrandHalo");
ratio("videoAdCompletionRate", "videoAdComplete", "videoAdStart");
ratio("eCPVideoAdCompletion", "totalCost", "videoAdComplete", "cost");
ratio("audioAdCompletionRate", "audioAdCompletions", "audioAdStart");
ratio("eCPAudioAdCompletion", "totalCost", "audioAdCompletions", "cost");
ratio("checkoutValueAverage", "checkoutValueSum", "checkout", "cost");
ratio("winRate", "impressions", "bids");

/** undefined: no such ratio */
export function ratioReader(column: string): ((values: Values) => number) | undefined {
  const found = ratios.get(column);
  if (!found) return undefined;
  const { above, below, factor, digits } = found;
  const scale = 10 ** digits;
  return (values) => {
    const divisor = evaluate(below, values);
    return divisor === 0 ? 0 : Math.round((evaluate(above, values) / divisor) * factor * scale) / scale;
  };
}
