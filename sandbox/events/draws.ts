import { mix } from "../world/random";

// Draws by counter: the same person, day and question always get the same number, whatever else happens in the run.

export const draw = (key: number, question: number): number => mix(key, question) / 4294967296;

/** mean 1 */
export function lognormal(key: number, question: number, spread: number): number {
  const radius = Math.sqrt(-2 * Math.log(draw(key, question) + 1e-12));
  const normal = radius * Math.cos(2 * Math.PI * draw(key, question + 500));
  return Math.exp(spread * normal - (spread * spread) / 2);
}

export function pickBy(bounds: ArrayLike<number>, at: number): number {
  for (let index = 0; index < bounds.length; index += 1) if (at < (bounds[index] ?? 1)) return index;
  return bounds.length - 1;
}

/** Weights as rising bounds in [0, 1]. */
export function boundsOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return weights.map((weight) => {
    sum += weight / total;
    return sum;
  });
}

const HOURS = [5, 3, 2, 2, 2, 3, 6, 10, 12, 12, 12, 13, 15, 14, 13, 13, 14, 16, 19, 23, 26, 25, 18, 10];
const HOUR_BOUNDS = boundsOf(HOURS);

/** A moment of the day as a share of it: quiet nights, busy evenings. */
export function timeOfDay(key: number, question: number): number {
  const hour = pickBy(HOUR_BOUNDS, draw(key, question));
  return (hour + draw(key, question + 500)) / 24;
}
