import { z } from "zod";
import type { Parameter } from "../../packages/amc-engine";
import type { Job } from "./jobs";
import { type Definition, ParameterValue, type ParameterValues, Workflow } from "./workflow-shape";

// AMC audiences as clients send them (contracts.md 6.1, 6.2), and as they are kept.

const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:?\d{2})$/, "must be yyyy-MM-dd'T'HH:mm:ssZ")
  .refine((text) => !Number.isNaN(Date.parse(text)), "is no moment");

const Audience = z.strictObject({
  advertiserId: z.string(),
  audienceName: z.string().min(1),
  audienceDescription: z.string().nullish(),
  timeWindowStart: moment,
  timeWindowEnd: moment,
  timeWindowRelative: z.boolean().default(false),
  query: z.string().min(1).optional(),
  workflowId: z.string().optional(),
  inputParameters: Workflow.shape.inputParameters,
  parameterValues: z.record(z.string(), ParameterValue).default({}),
  advertiserType: z.enum(["DISPLAY", "SPONSORED_ADS"]).default("DISPLAY"),
});
export const RuleBased = Audience.extend({ refreshRateDays: z.number().int().min(0).max(21).default(21) });

const REACHES = ["MOST_SIMILAR", "SIMILAR", "BALANCED", "BROAD", "MOST_BROAD"] as const;
export type Reach = (typeof REACHES)[number];

interface Sizes {
  west: [number, number];
  asia: [number, number];
}

/** Thousands of people, from and to: in Europe and the Americas, and in Asia. */
export const LOOKALIKE_SIZES: Record<Reach, Sizes> = {
  MOST_SIMILAR: { west: [500, 1000], asia: [200, 300] },
  SIMILAR: { west: [1500, 3000], asia: [450, 900] },
  BALANCED: { west: [2000, 5500], asia: [600, 1650] },
  BROAD: { west: [2500, 7500], asia: [750, 2250] },
  MOST_BROAD: { west: [3000, 10_000], asia: [900, 3000] },
};

export const Lookalike = Audience.extend({
  refreshRateDays: z.number().int().min(7).max(21).default(21),
  lookalikeAudienceExpectedReach: z.enum(REACHES),
});

export type AudienceBody = z.output<typeof RuleBased>;

export interface AudienceJob extends Job {
  body: AudienceBody;
  expectedReach?: Reach | undefined;
  definition: Definition;
  sql: string;
  tables: string[];
  parameters: Record<string, Parameter>;
  parameterValues: ParameterValues;
  /** people it reaches; set when it has run */
  count?: number;
  dspAudienceId?: string;
}
