// What the browser may know of exchange rates and of numbers converted with them.
import { z } from "zod";

/** `rate` units of `quote` for one of `base`, an exact decimal. */
export const CurrencyRate = z.object({
  /** `<base>:<quote>:<day>` */
  id: z.string(),
  base: z.string(),
  quote: z.string(),
  day: z.string(),
  rate: z.string(),
  setBy: z.string(),
  setAt: z.iso.datetime(),
});
export type CurrencyRate = z.infer<typeof CurrencyRate>;

/** All rates of two currencies. */
export const CurrencyPair = z.object({
  /** `<base>:<quote>` */
  id: z.string(),
  base: z.string(),
  quote: z.string(),
  rates: z.int(),
  firstDay: z.string(),
  lastDay: z.string(),
  /** That of the last day. */
  lastRate: z.string(),
});
export type CurrencyPair = z.infer<typeof CurrencyPair>;

const known = new Set(Intl.supportedValuesOf("currency"));
export const isCurrency = (text: string): boolean => known.has(text);

const Currency = z
  .string({ error: "Give a currency's code, such as USD." })
  .trim()
  .toUpperCase()
  .refine(isCurrency, { error: "This is no currency's ISO 4217 code; write USD, EUR, GBP …" });
const Rate = z.coerce
  .string({ error: "Give a rate, such as 1.0842." })
  .trim()
  .regex(/^(?!0*\.?0*$)\d{1,12}(\.\d{1,12})?$/, {
    error: "Give a rate above zero with a decimal point and at most 12 digits on each side of it, such as 1.0842.",
  });

/** One rate; what the pair had on that day is replaced. */
export const RateRow = z
  .strictObject({
    base: Currency,
    quote: Currency,
    day: z.iso.date({ error: "Give the day as YYYY-MM-DD." }),
    rate: Rate,
  })
  .refine(({ base, quote }) => base !== quote, { error: "A currency needs no rate to itself.", path: ["quote"] });
export const RateRemove = z.strictObject({ id: z.string() });

/** How money was made one currency's. */
export const Conversion = z.object({
  to: z.string(),
  /** The currencies that were converted; empty: all was in it anyway. */
  from: z.array(z.string()),
  /** Days of the range without a rate on or before them: money of the whole range is null then. */
  missingDays: z.int(),
  /** The first and the last of them, and a currency that has no rate then. */
  missing: z.object({ day: z.string(), until: z.string(), currency: z.string() }).nullable(),
  /** Days by which the oldest rate used is older than its day. */
  oldestAge: z.int(),
  /** The days that the rates used are of; null: none was needed. */
  rates: z.object({ from: z.string(), to: z.string() }).nullable(),
});
export type Conversion = z.infer<typeof Conversion>;
