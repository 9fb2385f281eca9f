// What the browser may know of metrics: the dictionary's and the agency's own.
import { z } from "zod";

/** One entry of the metric dictionary. */
export const MetricInfo = z.object({
  id: z.string(),
  label: z.string(),
  /** `percent` and `multiple` are plain ratios: 0.0123, 3.4. */
  unit: z.enum(["count", "money", "percent", "multiple"]),
  /** Whether it tells of money: an amount, or a ratio with one in it. */
  money: z.boolean(),
  settle: z.enum(["traffic", "conversions"]),
  /** Days until Amazon no longer restates it. */
  settleDays: z.int(),
  definition: z.string(),
  /** How it is computed from the columns that are kept; ratios always from sums. */
  formula: z.string(),
  /** Amazon's own column. */
  amazon: z.string(),
  better: z.enum(["more", "less"]).nullable(),
  /** The report types whose rows can answer it, by name. */
  reports: z.array(z.string()),
});
export type MetricInfo = z.infer<typeof MetricInfo>;

/** Metrics of the agency's own are told by their ids: those of the dictionary have no dash. */
export const isOwnMetric = (id: string): boolean => id.startsWith("own-");
export const ownMetricId = (id: string): string => `own-${id}`;
