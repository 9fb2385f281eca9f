// How a day's number grows until it is final, learnt from how earlier days grew, and what a sum of days is expected to become.
// The method is the chain ladder with Mack's variances (Mack 1993, ASTIN Bulletin 23): for each age the growth to the next age
// is the ratio of sums over all days that were seen at both.

/** By age in whole days. */
export interface Curve {
  /** What a day is multiplied by until the next age. */
  growth: number[];
  /** The variance of that growth for one unit of the day's value. */
  variance: number[];
  /** The sum that the growth was learnt from. */
  weight: number[];
  /** Days it was seen on. */
  seen: number[];
  /** When in its day the answer came on average from which age 0 and age 1 were learnt, 0 to 1. */
  asked: number[];
  /** By what the bands are widened so that they held in the past. */
  scale80: number;
  scale95: number;
}

/** One day's number at each age it was seen at; holes where it was not. */
export type History = (number | undefined)[];

/** Days on which an age must have been seen before it is believed. */
export const seenEnough = 3;
const calibrationWindow = 30;
const calibrationMoments = 20;
/** Until the past can be asked: days differ from each other for longer than one step of age, which the variances do not know. */
const prudent = 1.25;
const z80 = 1.2815515655446004;
const z95 = 1.959963984540054;

/**
 * @param days in order, oldest first
 * @param ages the age at which a day is final
 * @param asked when in its day the last answer at ages 0 and 1 came
 */
export const learnCurve = (days: readonly History[], ages: number, asked: number[] = [1, 1]): Curve =>
  calibrated(chainOf(days, ages, asked), days);

function chainOf(days: readonly History[], ages: number, asked: number[]): Curve {
  const curve: Curve = { growth: [], variance: [], weight: [], seen: [], asked, scale80: prudent, scale95: prudent };
  for (let age = 0; age < ages; age++) {
    const link = linkOf(days, age);
    curve.growth.push(link.growth);
    curve.weight.push(link.weight);
    curve.seen.push(link.seen);
    curve.variance.push(link.variance ?? curve.variance.at(-1) ?? 0);
  }
  return curve;
}

/** From one age to the next, over all days that were seen at both. */
function linkOf(days: readonly History[], age: number) {
  let [weight, after, seen, squares] = [0, 0, 0, 0];
  for (const day of days) {
    const [from, to] = [day[age], day[age + 1]];
    if (from === undefined || to === undefined || from <= 0) continue;
    seen += 1;
    weight += from;
    after += to;
    squares += to ** 2 / from;
  }
  const growth = weight > 0 ? after / weight : 1;
  const spread = Math.max(0, squares - 2 * growth * after + growth ** 2 * weight);
  return { weight, growth, seen, variance: seen > 1 ? spread / (seen - 1) : null };
}

/** One day of a sum: its value at the age at which it was last seen. */
export interface Aged {
  value: number;
  /** Whole days, with the part of the present day for the first two, which are asked for all day long. */
  age: number;
}

export interface Expected {
  /** The final value that is expected, and the standard deviation of its logarithm. */
  value: number;
  spread: number;
}

/** Whether each age from this one on was seen often enough to be believed. */
export const knowsFrom = (curve: Curve, age: number): boolean =>
  curve.seen.slice(Math.max(0, Math.floor(age) - 1)).every((days) => days >= seenEnough);

/** What the days come to when all are final. Zero stays zero: nothing grows out of it. */
export function expectedFinal(curve: Curve, days: readonly Aged[]): Expected {
  const { growth, variance, weight } = curve;
  const ages = growth.length;
  // The part of the sum that has reached each age, grown from where its days stand.
  const reached = new Array<number>(ages + 1).fill(0);
  for (const { value, age } of days) {
    const [whole, grown] = atWholeAge(curve, { value, age });
    reached[Math.min(whole, ages)] = (reached[Math.min(whole, ages)] ?? 0) + grown;
  }
  let [sum, own, learnt] = [reached[0] ?? 0, 0, 0];
  for (let age = 0; age < ages; age++) {
    const step = growth[age] ?? 1;
    const noise = variance[age] ?? 0;
    const base = weight[age] ?? 0;
    own = own * step ** 2 + noise * sum;
    learnt = learnt * step ** 2 + (base > 0 ? (noise / base) * sum ** 2 : 0);
    sum = sum * step + (reached[age + 1] ?? 0);
  }
  if (sum <= 0) return { value: Math.max(0, sum), spread: 0 };
  return { value: sum, spread: Math.sqrt(Math.log1p((own + learnt) / sum ** 2)) };
}

/** The day's value carried to when its age was learnt: growth is spread evenly in the logarithm over the hours of the first two days. */
function atWholeAge(
  { growth, asked: [first = 1, second = 1] }: Curve,
  { value, age }: Aged,
): [age: number, value: number] {
  const whole = Math.floor(age);
  if (whole !== 1) return [whole, value];
  const left = Math.max(0, Math.min(1, (1 + second - age) / (1 + second - first)));
  return [whole, value * (growth[0] ?? 1) ** left];
}

/** Low and high of the 80% and of the 95% band. */
export function bandsOf({ value, spread }: Expected, { scale80, scale95 }: Pick<Curve, "scale80" | "scale95">) {
  const band = (z: number): [number, number] => [value * Math.exp(-z * spread), value * Math.exp(z * spread)];
  return { band80: band(z80 * scale80), band95: band(z95 * scale95) };
}

/**
 * Sets the bands as wide as they had to be: for each past moment whose window is final by now, how many spreads the truth
 * was away from what would have been expected then, with what was known then.
 */
function calibrated(curve: Curve, days: readonly History[]): Curve {
  const ages = curve.growth.length;
  const misses: number[] = [];
  for (let end = calibrationWindow * 2; end <= days.length; end++) {
    const window = days.slice(end - calibrationWindow, end);
    const aged = window.map((day, index) => agedOn(day, Math.min(window.length - index, ages), curve));
    if (aged.includes(null) || window.some((day) => day[ages] === undefined)) continue;
    const known = days.slice(0, end).map((day, index) => day.slice(0, end - index + 1));
    const then = expectedFinal(chainOf(known, ages, curve.asked), aged as Aged[]);
    const truth = window.reduce((sum, day) => sum + (day[ages] ?? 0), 0);
    if (then.spread > 0 && truth > 0) misses.push(Math.abs(Math.log(truth / then.value)) / then.spread);
  }
  if (misses.length < calibrationMoments) return curve;
  misses.sort((a, b) => a - b);
  return { ...curve, scale80: quantile(misses, 0.8) / z80, scale95: quantile(misses, 0.95) / z95 };
}

/** A past day as it stood when an age was learnt. */
function agedOn(day: History, age: number, { asked }: Curve): Aged | null {
  const value = day[age];
  return value === undefined ? null : { value, age: age === 1 ? 1 + Math.min(asked[1] ?? 1, 0.999) : age };
}

/** Of sorted numbers; one too high rather than too low. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * (sorted.length + 1)) - 1)] ?? 1;
