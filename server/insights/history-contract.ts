// What the browser may know of numbers that moved: between two moments, and between two ranges.
import { z } from "zod";
import { Day, DayRangeShape, Hidden, Moment, Value, Values } from "./contract";

/** A day of an account that says something else than it said at a moment. */
export const Restatement = z.object({
  /** `<account>:<day>:<currency>` */
  id: z.string(),
  accountId: z.uuid(),
  accountName: z.string(),
  brandId: z.uuid().nullable(),
  brandName: z.string().nullable(),
  day: Day,
  currency: z.string(),
  /** What it said at the moment; null: nothing was known of it then. */
  before: Values.nullable(),
  /** What it says since. */
  after: Values,
  /** When it last changed, how many days after the day itself, and how often since the moment. */
  movedAt: Moment,
  age: z.int(),
  changes: z.int(),
  /** Why Amazon was asked when it changed: `settle` is the daily look at all days that may still move. */
  cause: z.enum(["recent", "settle", "backfill", "catchup", "manual"]),
  hidden: Hidden,
});
export type Restatement = z.infer<typeof Restatement>;

/** Why a number moved against the days it is compared with. Contributions are in its own unit, and each list adds up to the change. */
export const Explanation = z.object({
  id: z.string(),
  metric: z.string(),
  currency: z.string(),
  previous: DayRangeShape,
  before: Value,
  after: Value,
  /** Null where the metric has none, or one of them was nothing. */
  factors: z
    .array(z.object({ label: z.string(), before: z.number(), after: z.number(), contribution: Value }))
    .nullable(),
  /** Campaigns, or ad groups of a campaign, with the largest contributions. */
  parts: z.array(
    z.object({
      /** `<account>:<id at Amazon>` */
      id: z.string(),
      name: z.string(),
      contribution: Value,
      /** Of a ratio: by its own ratio, and by its weight in the whole; they add up to the contribution. */
      inner: Value,
      mix: Value,
    }),
  ),
  /** How many more there are, and what they added together. */
  otherParts: z.int(),
  rest: Value,
});
export type Explanation = z.infer<typeof Explanation>;
