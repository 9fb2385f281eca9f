import { SEGMENTS } from "../reporting/segments";
import { boundsOf, draw, pickBy } from "./draws";

// Where and on what an ad was seen: the supply, places and devices that reports are split by.

export const SUPPLY = SEGMENTS.dspInventory ?? [];
export const GEO = SEGMENTS.dspGeo ?? [];
export const TECH = SEGMENTS.dspTech ?? [];
export const PRODUCTS = SEGMENTS.dspProduct ?? [];

const weightsOf = (segments: typeof SUPPLY) => boundsOf(segments.map(({ weight }) => weight));
const bounds = { supply: weightsOf(SUPPLY), geo: weightsOf(GEO), tech: weightsOf(TECH), product: weightsOf(PRODUCTS) };
const TELEVISION = TECH.findIndex(({ fields }) => fields.deviceName === "Connected TV");

const ask = { geo: 31, tech: 32, otherTech: 33, other: 34, supply: 35, product: 36 } as const;

export const geoOf = (key: number): number => pickBy(bounds.geo, draw(key, ask.geo));
export const supplyOf = (key: number): number => pickBy(bounds.supply, draw(key, ask.supply));
export const productOf = (key: number): number => pickBy(bounds.product, draw(key, ask.product));

/** A person has two devices, the first of which is used more. Streaming TV is seen on a television. */
export function techOf(owner: number, of: { key: number; television: boolean }): number {
  if (of.television) return TELEVISION;
  const question = draw(of.key, ask.other) < 0.7 ? ask.tech : ask.otherTech;
  return pickBy(bounds.tech, draw(owner, question));
}

/** Cents, by position among the products. */
const PRICES = [3299, 1899, 2499, 4499, 3999, 1299];
export const priceOf = (product: number): number => PRICES[product] ?? 1999;
