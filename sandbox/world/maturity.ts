// How much of a day's final numbers is visible at an age. Traffic is whole after 3 days, conversions after 28.

export const CONVERSION_DAYS = 28;
export const TRAFFIC_DAYS = 3;

type Knots = readonly (readonly [age: number, share: number])[];

const CONVERSIONS: Knots = [
  [0, 0],
  [0.25, 0.05],
  [0.5, 0.16],
  [1, 0.46],
  [2, 0.62],
  [3, 0.7],
  [7, 0.86],
  [14, 0.95],
  [21, 0.985],
  [CONVERSION_DAYS, 1],
];

/** A day's own delivery by hour: quiet nights, busy evenings. */
const TRAFFIC: Knots = [
  [0, 0],
  [0.25, 0.1],
  [0.5, 0.38],
  [0.75, 0.68],
  [1, 0.985],
  [2, 0.996],
  [TRAFFIC_DAYS, 1],
];

function shareAt(knots: Knots, age: number): number {
  let before = knots[0];
  for (const knot of knots) {
    if (age < knot[0]) {
      if (!before || age <= before[0]) return before?.[1] ?? 0;
      return before[1] + ((knot[1] - before[1]) * (age - before[0])) / (knot[0] - before[0]);
    }
    before = knot;
  }
  return 1;
}

/** @param age days since the day began in the advertiser's zone; 0 or less is the future */
export function visibleShares(age: number): { traffic: number; conversions: number } {
  if (age <= 0) return { traffic: 0, conversions: 0 };
  return { traffic: shareAt(TRAFFIC, age), conversions: shareAt(CONVERSIONS, age) };
}

/** The age, in days, at which this share of the conversions is visible. */
export function ageAt(share: number): number {
  let before = CONVERSIONS[0];
  for (const knot of CONVERSIONS) {
    if (before && share < knot[1]) {
      return before[0] + ((knot[0] - before[0]) * (share - before[1])) / (knot[1] - before[1]);
    }
    before = knot;
  }
  return CONVERSION_DAYS;
}
