/** One measured claim. `value` is a ratio wherever `baseline` was measured in the same run. */
export interface Figure {
  figure: string;
  value: number;
  unit: string;
  baseline: string;
}

/** Prints one JSON line. */
export function print(figure: Figure): void {
  process.stdout.write(`${JSON.stringify({ ...figure, value: Number(figure.value.toPrecision(4)) })}\n`);
}

/** The value below which the share `p` (0..1) of the samples lies. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}
