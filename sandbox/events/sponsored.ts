import { idOf } from "../world/random";
import type { Advertiser } from "../world/types";
import type { SponsoredRole } from "./channels";
import { PRODUCTS } from "./places";

// The advertiser's sponsored ads. The world's reports know none, so nothing has to agree with them.

export interface Target {
  role: SponsoredRole;
  adProductType: "sponsored_products" | "sponsored_brands" | "sponsored_display";
  campaignId: string;
  campaign: string;
  adGroup: string;
  targeting: string;
  matchType: string;
  searchTerm: string | null;
  placement: string;
  /** position among the products */
  product: number;
  centsPerClick: number;
  clickRate: number;
}

type Words = [targeting: string, matchType: string, searchTerm: string | null];

/** Brand terms first: who is about to buy searches for the brand. */
export function targetsOf(seed: number, advertiser: Advertiser): Target[] {
  const brand = (advertiser.name.split(" ")[0] ?? "brand").toLowerCase();
  const id = (index: number) => idOf("3", 15, [seed, "sponsored", advertiser.advertiserId, index]);
  const products = PRODUCTS.map(({ fields }) => String(fields.productName).toLowerCase());
  const make =
    (role: SponsoredRole, of: { index: number; name: string; centsPerClick: number; clickRate: number }) =>
    ([targeting, matchType, searchTerm]: Words, product: number): Target => ({
      role,
      adProductType: PRODUCT_TYPES[role],
      campaignId: id(of.index),
      campaign: `${advertiser.name} | ${of.name}`,
      adGroup: `${of.name} ${matchType.toLowerCase()}`,
      targeting,
      matchType,
      searchTerm,
      placement: role === "sponsoredDisplay" ? "Detail Page on-Amazon" : "Top of Search on-Amazon",
      product,
      centsPerClick: of.centsPerClick,
      clickRate: of.clickRate,
    });
  const brandTerms: Words[] = [
    [brand, "EXACT", brand],
    [brand, "PHRASE", `${brand} ${products[0]}`],
  ];
  const categoryTerms: Words[] = products.slice(2, 5).map((name) => [name, "BROAD", `best ${name}`]);
  const views: Words[] = [["views=category", "TARGETING_EXPRESSION", null]];
  return [
    ...brandTerms.map(make("sponsoredProducts", { index: 1, name: "SP Brand", centsPerClick: 62, clickRate: 0.14 })),
    ...categoryTerms.map(
      make("sponsoredProducts", { index: 2, name: "SP Category", centsPerClick: 118, clickRate: 0.07 }),
    ),
    ...brandTerms.map(
      make("sponsoredBrands", { index: 3, name: "SB Brand Video", centsPerClick: 140, clickRate: 0.05 }),
    ),
    ...views.map(make("sponsoredDisplay", { index: 4, name: "SD Views", centsPerClick: 88, clickRate: 0.02 })),
  ];
}

const PRODUCT_TYPES = {
  sponsoredProducts: "sponsored_products",
  sponsoredBrands: "sponsored_brands",
  sponsoredDisplay: "sponsored_display",
} as const;
