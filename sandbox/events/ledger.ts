import { leafDay, seenAt } from "../world/leaf-day";
import { emptyValues, isCents, M, MEASURE_COUNT, MEASURES } from "../world/measures";
import type { Leaf } from "../world/types";
import type { Days } from "./days";

/**
 * The world's numbers of each leaf and day, as reports show them at a moment, until events have taken them. What is given
 * out and what is left always make the whole. Amounts are in millicents (1/100,000 of the currency), so that a single
 * impression has a cost.
 */
export interface Ledger {
  left(cell: number, measure: number): number;
  /** Takes `count` of a count, or what is left of it. */
  take(cell: number, measure: number, count: number): number;
  /** Takes of an amount what falls to `count` of the `of` that share it. */
  share(cell: number, measure: number, part: { count: number; of: number }): number;
  cell(leaf: number, day: number): number;
}

const MILLICENTS_PER_CENT = 1000;
/** Counted in whole currency units. */
const WHOLE_AMOUNTS = [M.newToBrandProductSales, M.salesBrandHalo, M.newToBrandSalesBrandHalo];

export function openLedger(leaves: readonly Leaf[], days: Days, of: { zone: string; asOf: number }): Ledger {
  const count = days.names.length;
  const numbers = new Float64Array(leaves.length * count * MEASURE_COUNT);
  const values = emptyValues();
  const factors = MEASURES.map((measure, index) => {
    if (isCents(measure)) return MILLICENTS_PER_CENT;
    return WHOLE_AMOUNTS.includes(index) ? 100 * MILLICENTS_PER_CENT : 1;
  });
  days.names.forEach((name, day) => {
    const seen = seenAt(name, of.zone, of.asOf);
    leaves.forEach((leaf, index) => {
      if (!leafDay(leaf, seen, values)) return;
      const at = (index * count + day) * MEASURE_COUNT;
      for (let i = 0; i < MEASURE_COUNT; i += 1) numbers[at + i] = (values[i] ?? 0) * (factors[i] ?? 1);
    });
  });
  const left = (cell: number, measure: number) => numbers[cell * MEASURE_COUNT + measure] ?? 0;
  const take = (cell: number, measure: number, wanted: number) => {
    const taken = Math.min(wanted, left(cell, measure));
    numbers[cell * MEASURE_COUNT + measure] = left(cell, measure) - taken;
    return taken;
  };
  return {
    left,
    take,
    share(cell, measure, part) {
      const amount = left(cell, measure);
      return take(cell, measure, part.count === part.of ? amount : Math.floor((amount * part.count) / part.of));
    },
    cell: (leaf, day) => leaf * count + day,
  };
}
