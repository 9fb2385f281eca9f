import type { MetricId } from "./metrics";
import { reportTypes } from "./report-types";

/** The report types whose rows have all that these metrics need, by name. */
export const reportsWith = (ids: readonly MetricId[]): string[] =>
  Object.values(reportTypes)
    .filter(({ metrics }) => ids.every((id) => (metrics as readonly MetricId[]).includes(id)))
    .map(({ label }) => label);
