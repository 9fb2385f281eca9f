import { M } from "../world/measures";
import { type Fact, NONE } from "./facts";
import type { Ledger } from "./ledger";

// Which of the world's conversions an event is: what is credited to a leaf's day is taken from that day's numbers.

interface Measured {
  /** the name of the event in AMC's tables */
  subtype: string;
  category: "purchase" | "website" | "off-Amazon";
  /** of the views; that of the clicks follows it */
  own: number;
  halo?: number;
}

export const CONVERSIONS: readonly Measured[] = [
  { subtype: "order", category: "purchase", own: M.purchasesViews, halo: M.purchasesBrandHaloViews },
  {
    subtype: "detailPageView",
    category: "website",
    own: M.detailPageViewViews,
    halo: M.detailPageViewBrandHaloViews,
  },
  { subtype: "shoppingCart", category: "website", own: M.addToCartViews, halo: M.addToCartBrandHaloViews },
  { subtype: "searchConversion", category: "website", own: M.brandSearchesViews },
  { subtype: "checkout", category: "off-Amazon", own: M.checkoutViews },
  { subtype: "wishList", category: "website", own: M.addToListViews, halo: M.addToListBrandHaloViews },
  { subtype: "pageView", category: "off-Amazon", own: M.pageViewViews },
  { subtype: "addToShoppingCart", category: "off-Amazon", own: M.addToShoppingCartViews },
  { subtype: "signUp", category: "off-Amazon", own: M.signUpViews },
];
export const ORDER = 0;
const CHECKOUT = 4;

const OWN = { count: M.purchasesViews, fresh: M.newToBrandPurchasesViews };
const HALO = { count: M.purchasesBrandHaloViews, fresh: M.newToBrandPurchasesBrandHaloViews };

interface Claim {
  /** position among CONVERSIONS */
  kind: number;
  cell: number;
  clicked: boolean;
  halo: boolean;
  newToBrand: boolean;
}

/** The numbers of one credited conversion; undefined where the leaf's day has none left of the kind. */
export function claimOne(ledger: Ledger, claim: Claim): Fact | undefined {
  const measured = CONVERSIONS[claim.kind];
  const base = claim.halo ? measured?.halo : measured?.own;
  if (base === undefined) return undefined;
  const touch = claim.clicked ? 1 : 0;
  const left = ledger.left(claim.cell, base + touch);
  if (left < 1) return undefined;
  if (claim.kind !== ORDER) return claimMany(ledger, { ...claim, own: claim.halo ? 0 : 1, halos: claim.halo ? 1 : 0 });
  const fresh = ledger.left(claim.cell, (claim.halo ? HALO : OWN).fresh + touch);
  if (claim.newToBrand ? fresh < 1 : left - fresh < 1) return undefined;
  return claimMany(ledger, { ...claim, own: claim.halo ? 0 : 1, halos: claim.halo ? 1 : 0 });
}

interface Many {
  kind: number;
  cell: number;
  clicked: boolean;
  newToBrand: boolean;
  own: number;
  halos: number;
}

/** Takes so many conversions of the promoted products and of the brand's others, with what was paid for them. */
export function claimMany(ledger: Ledger, { kind, cell, clicked, newToBrand, own, halos }: Many): Fact | undefined {
  if (own + halos === 0) return undefined;
  const touch = clicked ? 1 : 0;
  const measured = CONVERSIONS[kind] as Measured;
  if (kind !== ORDER) {
    const offAmazonSales =
      kind === CHECKOUT
        ? ledger.share(cell, M.checkoutValueSum, { count: own, of: bothLeft(ledger, cell, measured.own) })
        : 0;
    if (kind === CHECKOUT) ledger.take(cell, M.offAmazonUnitsSold, own);
    ledger.take(cell, measured.own + touch, own);
    if (measured.halo !== undefined) ledger.take(cell, measured.halo + touch, halos);
    return { own, halo: halos, conversions: own + halos, offAmazonSales };
  }
  const paid = {
    ...amounts(ledger, { cell, count: own, base: OWN.count, sales: M.sales, units: M.unitsSold }, [
      "ownSales",
      "ownUnits",
    ]),
    ...amounts(ledger, { cell, count: halos, base: HALO.count, sales: M.salesBrandHalo, units: M.unitsSoldBrandHalo }, [
      "haloSales",
      "haloUnits",
    ]),
  };
  const fresh = newToBrand ? claimFresh(ledger, { cell, touch, own, halos }) : {};
  ledger.take(cell, OWN.count + touch, own);
  ledger.take(cell, HALO.count + touch, halos);
  const sales = (paid.ownSales ?? 0) + (paid.haloSales ?? 0);
  const units = (paid.ownUnits ?? 0) + (paid.haloUnits ?? 0);
  return { own, halo: halos, conversions: own + halos, ...paid, ...fresh, sales, units };
}

function claimFresh(ledger: Ledger, of: { cell: number; touch: number; own: number; halos: number }): Fact {
  const { cell, touch, own, halos } = of;
  const paid = {
    ...amounts(
      ledger,
      { cell, count: own, base: OWN.fresh, sales: M.newToBrandProductSales, units: M.newToBrandUnitsSold },
      ["newOwnSales", "newOwnUnits"],
    ),
    ...amounts(
      ledger,
      {
        cell,
        count: halos,
        base: HALO.fresh,
        sales: M.newToBrandSalesBrandHalo,
        units: M.newToBrandUnitsSoldBrandHalo,
      },
      ["newHaloSales", "newHaloUnits"],
    ),
  };
  ledger.take(cell, OWN.fresh + touch, own);
  ledger.take(cell, HALO.fresh + touch, halos);
  return { newOwn: own, newHalo: halos, ...paid };
}

const bothLeft = (ledger: Ledger, cell: number, base: number) => ledger.left(cell, base) + ledger.left(cell, base + 1);

interface Part {
  cell: number;
  count: number;
  base: number;
  sales: number;
  units: number;
}

function amounts(ledger: Ledger, { cell, count, base, sales, units }: Part, names: readonly [string, string]): Fact {
  const part = { count, of: bothLeft(ledger, cell, base) };
  if (count === 0) return {};
  return { [names[0]]: ledger.share(cell, sales, part), [names[1]]: ledger.share(cell, units, part) };
}

export const UNCREDITED: Fact = { leaf: NONE, target: NONE };
