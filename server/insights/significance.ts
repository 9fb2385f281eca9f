// Whether two ratios of sums differ by more than chance. Days are what varies, not impressions: people who see ads on one day are not
// independent, so the days of both are paired, each ratio is linearised over them, and the difference is tested with Student's t over the
// equal-weighted cosine variance (Lazarus, Lewis, Stock and Watson, 2018), which holds where days depend on those before.

/** One day of a ratio: what is above and below the line. */
export interface DayRatio {
  over: number;
  under: number;
}

export interface Difference {
  difference: number;
  /** The standard error, and the degrees of freedom of its t. */
  error: number;
  freedom: number;
  /** For this pair alone. */
  p: number;
}

/** Fewer days than this say nothing of how days vary. */
export const fewestDays = 14;

/** @param pairs the same days of both; @returns null where one of them has nothing below the line, or nothing varies */
export function compareRatios(pairs: readonly (readonly [DayRatio, DayRatio])[]): Difference | null {
  const days = pairs.length;
  if (days < fewestDays) return null;
  const [a, b] = [influence(pairs.map(([one]) => one)), influence(pairs.map(([, other]) => other))];
  if (!a || !b) return null;
  const moves = a.parts.map((part, index) => part - (b.parts[index] ?? 0));
  const { variance, freedom } = varianceOfMean(moves);
  const difference = a.ratio - b.ratio;
  if (variance === 0) return null;
  const error = Math.sqrt(variance);
  return { difference, error, freedom, p: twoSided(difference / error, freedom) };
}

/** How much each day moves the ratio of the sums; the parts add up to nothing. */
function influence(days: readonly DayRatio[]): { ratio: number; parts: number[] } | null {
  const under = days.reduce((sum, day) => sum + day.under, 0);
  if (under === 0) return null;
  const ratio = days.reduce((sum, day) => sum + day.over, 0) / under;
  const mean = under / days.length;
  return { ratio, parts: days.map((day) => (day.over - ratio * day.under) / mean) };
}

/** The variance of the mean of days that may depend on each other, out of its slowest waves; each of them is a degree of freedom. */
function varianceOfMean(moves: readonly number[]): { variance: number; freedom: number } {
  const days = moves.length;
  const freedom = Math.max(2, Math.floor(0.41 * days ** (2 / 3)));
  let sum = 0;
  for (let wave = 1; wave <= freedom; wave++) {
    const part = moves.reduce((all, move, day) => all + move * Math.cos((Math.PI * wave * (day + 0.5)) / days), 0);
    sum += (2 * part * part) / days;
  }
  return { variance: sum / freedom / days, freedom };
}

/** The chance that Student's t is further from nothing than this. */
export function twoSided(t: number, freedom: number): number {
  return regularisedBeta(freedom / (freedom + t * t), freedom / 2, 1 / 2);
}

/** The t that is passed, either way, with this chance. */
export function criticalT(p: number, freedom: number): number {
  let [low, high] = [0, 1000];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (twoSided(middle, freedom) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

// The incomplete beta function by its continued fraction (Lentz), and the logarithm of gamma by Lanczos' series: textbook forms, good to 1e-12.
function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return Math.min(1, Math.max(0, x));
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  const bounded = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let [fraction, c, d] = [1, 1, 0];
  for (let step = 0; step < 300; step++) {
    const half = Math.floor(step / 2);
    const top =
      step === 0
        ? 1
        : step % 2 === 0
          ? (half * (b - half) * x) / ((a + 2 * half - 1) * (a + 2 * half))
          : -((a + half) * (a + b + half) * x) / ((a + 2 * half) * (a + 2 * half + 1));
    d = 1 / bounded(1 + top * d);
    c = bounded(1 + top / c);
    fraction *= c * d;
    if (Math.abs(1 - c * d) < 1e-14) break;
  }
  return front * (fraction - 1);
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

function logGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - logGamma(1 - z);
  const x = z - 1;
  const t = x + lanczos.length - 0.5;
  const series = lanczos.reduce((sum, value, index) => sum + value / (x + index + 1), 0.9999999999998099);
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(series);
}
