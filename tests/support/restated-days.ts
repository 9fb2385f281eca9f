// Days whose conversions come late, as seeded simulations, and how often bands hold over their restatements.

/** A seeded source of numbers between 0 and 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The age at which a day moves no more. */
export const lastAge = 41;

/** Each day's value at each age from 0 to `lastAge`; each day has a pace of its own, which the variances of single steps do not know. */
export function restatedDays(seed: number, count: number): number[][] {
  const random = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const poisson = (mean: number) => Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
  const [level, pace, unrest] = [50 + random() * 400, 1.5 + random() * 4, 0.02 + random() * 0.1];
  return Array.from({ length: count }, (_, index) => {
    const size = level * (1 + 0.3 * Math.sin((2 * Math.PI * index) / 7)) * Math.exp(0.15 * normal());
    const own = pace * Math.exp(unrest * normal());
    const values: number[] = [];
    let seen = 0;
    for (let age = 0; age <= lastAge; age++) {
      seen += poisson(size * (Math.exp(-age / own) - Math.exp(-(age + 1) / own)));
      values.push(seen);
    }
    return values;
  });
}

/** How often bands held what a sum became. */
export class Held {
  cases = 0;
  private in80 = 0;
  private in95 = 0;
  private errors = 0;

  add(truth: number, stated: { value: number; band80: readonly [number, number]; band95: readonly [number, number] }) {
    const { value, band80, band95 } = stated;
    this.cases++;
    this.in80 += Number(band80[0] <= truth && truth <= band80[1]);
    this.in95 += Number(band95[0] <= truth && truth <= band95[1]);
    this.errors += value / truth - 1;
  }

  get share80() {
    return this.in80 / this.cases;
  }
  get share95() {
    return this.in95 / this.cases;
  }
  /** Mean relative error of the expected value. */
  get bias() {
    return this.errors / this.cases;
  }
}
