// Why a number moved: which of its factors, and which of its parts. Each list of contributions adds up to the whole change.

/** A factor of a product, before and after. */
export interface Factor {
  id: string;
  before: number;
  after: number;
}

export interface Share {
  id: string;
  contribution: number;
}

/**
 * Splits the change of a product among its factors by the logarithmic mean (LMDI): no order of factors is preferred, and nothing
 * is left over. (Ang 2005, Energy Policy 33.)
 * @returns null where a factor is zero on either side: a logarithm says nothing then
 */
export function byFactors(factors: readonly Factor[]): Share[] | null {
  if (factors.some(({ before, after }) => !(before > 0 && after > 0))) return null;
  const product = (side: "before" | "after") => factors.reduce((whole, factor) => whole * factor[side], 1);
  const mean = logMean(product("after"), product("before"));
  return factors.map(({ id, before, after }) => ({ id, contribution: mean * Math.log(after / before) }));
}

const logMean = (a: number, b: number): number => (a === b ? a : (a - b) / Math.log(a / b));

/** A part of a whole: its amount, and for a ratio what the amount is divided by. */
export interface Part {
  id: string;
  before: { over: number; under: number };
  after: { over: number; under: number };
}

/** What each part of a sum added to its change. */
export const bySum = (parts: readonly Part[]): Share[] =>
  parts.map(({ id, before, after }) => ({ id, contribution: after.over - before.over }));

export interface RatioShare extends Share {
  /** By the part's own ratio, and by its weight in the whole. */
  inner: number;
  mix: number;
}

/** What each part of a ratio of sums added to its change: parts that are better than the whole add by growing. */
export function byRatio(parts: readonly Part[]): RatioShare[] {
  const whole = (side: "before" | "after") => {
    const under = parts.reduce((sum, part) => sum + part[side].under, 0);
    const over = parts.reduce((sum, part) => sum + part[side].over, 0);
    return { under, ratio: under === 0 ? 0 : over / under };
  };
  const [was, is] = [whole("before"), whole("after")];
  return parts.map(({ id, before, after }) => {
    const weightBefore = was.under === 0 ? 0 : before.under / was.under;
    const weightAfter = is.under === 0 ? 0 : after.under / is.under;
    // A part that was not there had no ratio of its own: all it brings is its weight.
    const after1 = after.under === 0 ? null : after.over / after.under;
    const before1 = before.under === 0 ? after1 : before.over / before.under;
    const own = before1 ?? 0;
    const inner = after1 === null ? 0 : weightAfter * (after1 - own);
    const mix = (weightAfter - weightBefore) * (own - is.ratio);
    return { id, inner, mix, contribution: inner + mix };
  });
}
