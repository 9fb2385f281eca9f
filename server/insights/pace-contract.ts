// How campaigns spend against their flights and budgets. Days are those of the account's zone, money is micros as text.
import { z } from "zod";
import { Day, Freshness, SettledByRule } from "./contract";

/**
 * `coming`: it has not begun. `early`: no day of it is over and reported. `under`, `on_pace`, `over`: against an even pace.
 * `spent`: the budget is used up before the end. `ended`: its last day is over. `no_budget`: nothing to judge by.
 */
export const paces = ["spent", "over", "under", "on_pace", "early", "coming", "ended", "no_budget"] as const;
export const PaceState = z.enum(paces);
export type PaceState = z.infer<typeof PaceState>;

export const CampaignPace = z.object({
  /** `<account>:<id at Amazon>` */
  id: z.string(),
  name: z.string(),
  accountName: z.string(),
  brandName: z.string().nullable(),
  currency: z.string(),
  timeZone: z.string(),
  /** Whose budget it is: of the flight that runs now (else the next, else the last), of a month, or of the campaign. */
  basis: z.enum(["flight", "month", "campaign"]).nullable(),
  flight: z.string().nullable(),
  from: Day.nullable(),
  /** Null where it has no end. */
  to: Day.nullable(),
  /** All days of it, those that are over and reported, and those left with today. */
  days: z.int().nullable(),
  counted: z.int(),
  daysLeft: z.int().nullable(),
  /** The last day that is counted. */
  through: Day.nullable(),
  /** Report days among the counted ones that have not come. */
  gaps: z.int(),
  budget: z.string().nullable(),
  spent: z.string().nullable(),
  /** At an even pace, by the end of the counted days; what is spent beyond it, or short of it. */
  expected: z.string().nullable(),
  ahead: z.string().nullable(),
  /** The same as a share of what was expected: -0.12 is 12% behind. */
  deviation: z.number().nullable(),
  /** At the end, if each day left is like the last seven that are counted. */
  projected: z.string().nullable(),
  pace: PaceState,
  settled: SettledByRule,
  freshness: Freshness,
});
export type CampaignPace = z.infer<typeof CampaignPace>;
