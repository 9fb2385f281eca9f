// What the browser may know of metrics of the agency's own.
import { z } from "zod";
import { MetricInfo, Moment } from "./contract";
import { FormulaError, type FormulaUnit, parseFormula, requireUnit } from "./formula";
import { metricIds, metricOf } from "./metrics";

const units = ["count", "money", "percent", "multiple"] as const satisfies readonly FormulaUnit[];

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

/** Why the formula cannot be; null where it gives the unit. */
export function formulaProblem(formula: string, unit: FormulaUnit): string | null {
  try {
    requireUnit(parseFormula(formula), unit);
    return null;
  } catch (error) {
    if (error instanceof FormulaError) return `${error.message}.`;
    throw error;
  }
}

const labels = new Set(metricIds.map((id) => metricOf(id).label.toLowerCase()));
const Name = z
  .string({ error: "Give the metric a name." })
  .trim()
  .min(1, { error: "Give the metric a name." })
  .max(60, { error: "Use at most 60 characters." })
  .refine((name) => !labels.has(name.toLowerCase()), { error: "The dictionary has a metric of this name." });
const Body = z.strictObject({
  name: Name,
  formula: z.string({ error: "Give a formula, such as (sales - spend) / spend." }).trim(),
  unit: z.enum(units, { error: `Choose one of ${units.join(", ")}.` }),
  better: z.enum(["more", "less"]).nullable().optional(),
  definition: z.string().trim().max(300, { error: "Use at most 300 characters." }).optional(),
});
const sound = ({ formula, unit }: { formula: string; unit: FormulaUnit }, issues: z.RefinementCtx) => {
  const problem = formulaProblem(formula, unit);
  if (problem) issues.addIssue({ code: "custom", path: ["formula"], message: problem });
};

export const CustomMetricCreate = Body.superRefine(sound);
/** What is left out stays as it is; the formula must give the unit afterwards. */
export const CustomMetricUpdate = Body.partial().extend({
  id: z.uuid({ error: "This is not an id." }),
  version: z.int({ error: "Give the version you saw." }),
});
export const CustomMetricRemove = z.strictObject({ id: z.uuid({ error: "This is not an id." }) });
