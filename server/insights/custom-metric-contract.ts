// What the browser may know of metrics of the agency's own.
import { z } from "zod";
import { MetricInfo, Moment } from "./contract";

const units = ["count", "money", "percent", "multiple"] as const;

export const CustomMetricItem = z.object({
  id: z.uuid(),
  name: z.string(),
  formula: z.string(),
  unit: z.enum(units),
  better: z.enum(["more", "less"]).nullable(),
  definition: z.string(),
  /** What follows from its formula, as the dictionary says it. */
  info: MetricInfo,
  changedBy: z.string(),
  changedAt: Moment,
  version: z.int(),
});
export type CustomMetricItem = z.infer<typeof CustomMetricItem>;

const Name = z
  .string({ error: "Give the metric a name." })
  .trim()
  .min(1, { error: "Give the metric a name." })
  .max(60, { error: "Use at most 60 characters." });
export const CustomMetricCreate = z.strictObject({
  name: Name,
  formula: z.string({ error: "Give a formula, such as (sales - spend) / spend." }).trim(),
  unit: z.enum(units, { error: `Choose one of ${units.join(", ")}.` }),
  better: z.enum(["more", "less"]).nullable().optional(),
  definition: z.string().trim().max(300, { error: "Use at most 300 characters." }).optional(),
});
/** What is left out stays as it is. */
export const CustomMetricUpdate = CustomMetricCreate.partial().extend({
  id: z.uuid({ error: "This is not an id." }),
  version: z.int({ error: "Give the version you saw." }),
});
export const CustomMetricRemove = z.strictObject({ id: z.uuid({ error: "This is not an id." }) });
