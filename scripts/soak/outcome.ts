export interface Outcome {
  /** The figures, in one line. */
  figures: string;
  /** What did not hold. */
  failures: string[];
}

export const check = (figures: string, bars: Record<string, boolean>): Outcome => ({
  figures,
  failures: Object.entries(bars).flatMap(([bar, holds]) => (holds ? [] : [bar])),
});
