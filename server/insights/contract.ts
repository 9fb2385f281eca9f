import { z } from "zod";
import type { Topic } from "../core/context";
const ReportCollected = z.object({
  accountId: z.uuid(),
  reportType: z.string(),
  from: z.string(),
  to: z.string(),
  runId: z.uuid(),
});

/** A report's numbers are stored: facts and rollups of these days are as of now. */
export const reportCollected: Topic<z.infer<typeof ReportCollected>> = {
  name: "insights.reportCollected",
  parse: (payload) => ReportCollected.parse(payload),
};
