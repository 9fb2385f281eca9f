// What the browser may know of campaigns side by side, and whether their rates differ by more than chance.
import { z } from "zod";
import { Day, Freshness, Hidden, Range, SettledByRule, Value, Values } from "./contract";
import { Conversion } from "./rate-contract";

export const fewest = 2;
export const most = 6;

export const ComparedCampaign = z.object({
  /** `<account>:<id at Amazon>` */
  id: z.string(),
  name: z.string(),
  accountName: z.string(),
  brandName: z.string().nullable(),
  /** Of its money: the account's, or the one that it is seen in. */
  currency: z.string(),
  /** How its money was made one currency's; left out: it is as it was paid. */
  conversion: Conversion.optional(),
  timeZone: z.string(),
  values: Values,
  /** The metric that was asked for; null where a day is not known yet. */
  days: z.array(z.object({ day: Day, value: Value })),
  settled: SettledByRule,
  freshness: Freshness,
  hidden: Hidden,
});
export type ComparedCampaign = z.infer<typeof ComparedCampaign>;

/** `differs`: by more than chance; `open`: chance may explain it; `little`: not enough data to say; `currencies`: not to be compared. */
export const Verdict = z.enum(["differs", "open", "little", "currencies"]);
export type Verdict = z.infer<typeof Verdict>;

export const ComparedPair = z.object({
  /** Ids of the two campaigns. */
  a: z.string(),
  b: z.string(),
  verdict: Verdict,
  /** Days both have, whole and known. */
  days: z.int(),
  /** The first less the second, in the metric's own unit (money in micros), and the interval that holds it in 95 of 100 cases, for all pairs together. */
  difference: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** The chance of so large a difference where there is none, corrected for the number of pairs (Bonferroni). */
  p: z.number().nullable(),
});
export type ComparedPair = z.infer<typeof ComparedPair>;

export const CampaignComparison = z.object({
  /** The metric that is compared. */
  id: z.string(),
  metric: z.string(),
  range: Range,
  campaigns: z.array(ComparedCampaign),
  /** Null where the metric is a sum: what was spent was spent, and chance has no part in it. */
  pairs: z.array(ComparedPair).nullable(),
});
export type CampaignComparison = z.infer<typeof CampaignComparison>;
