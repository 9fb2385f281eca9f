import type { Conversion } from "#server/insights/rate-contract";

/** Whether some of its money is not shown as it was paid. */
export const isConverted = ({ conversion }: { conversion?: Conversion | undefined }): boolean =>
  (conversion?.from.length ?? 0) > 0;
