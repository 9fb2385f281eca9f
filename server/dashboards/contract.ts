// The brand wall: how each brand stands, at a glance. Moments are ISO 8601 in UTC, days those of the zone named, money micros as text.
import { z } from "zod";
import { Freshness, SyncState } from "../insights/contract";
import { Brand } from "../workspace/contract";

/** `quiet`: nothing to judge yet. */
export const WallSignal = z.enum(["problem", "attention", "ok", "quiet"]);
export type WallSignal = z.infer<typeof WallSignal>;

const signed = { signal: WallSignal };

/** On whose consent the brand's data hangs. */
export const ConsentSign = z.object({
  ...signed,
  cover: z.enum(["stranded", "one_grantor", "covered", "no_accounts"]),
  /** Advertisers, and how many of them no usable consent, or a single one, reaches. */
  accounts: z.int(),
  stranded: z.int(),
  hanging: z.int(),
  /** When the first consent may end, where that is within 30 days. */
  endsAt: z.string().nullable(),
});
export type ConsentSign = z.infer<typeof ConsentSign>;

export const FreshnessSign = z.object({
  ...signed,
  /** Of the account that most wants an eye; null while the brand has none. */
  state: SyncState.nullable(),
  /** Why it is not current. */
  note: z.string().nullable(),
  /** Advertisers that are late or need a person, of how many. */
  late: z.int(),
  accounts: z.int(),
  freshness: Freshness,
});
export type FreshnessSign = z.infer<typeof FreshnessSign>;

/**
 * `no_budget`: none is set; `no_account`: nothing is spent in the budget's currency; `early`: no day of the month is over and
 * reported yet; `spent`: the budget is used up.
 */
export const Pace = z.enum(["no_budget", "no_account", "early", "on_pace", "under", "over", "spent"]);
export type Pace = z.infer<typeof Pace>;

export const MonthSum = z.object({
  currency: z.string(),
  spent: z.string(),
  /** The zone whose month it is, and the month as `2026-11`. */
  zone: z.string(),
  month: z.string(),
  days: z.int(),
  /** Days that are over, and how many of them every account has reported: the sum is of these. */
  passed: z.int(),
  counted: z.int(),
  through: z.string().nullable(),
  /** Share of the counted days that Amazon no longer restates. */
  settled: z.number(),
  /** Days of an account that are missing among them; accounts that have never reported. */
  gaps: z.int(),
  silent: z.int(),
  /** At the month's end, if each day is like those counted. */
  projected: z.string().nullable(),
});
export type MonthSum = z.infer<typeof MonthSum>;

export const SpendSign = z.object({
  ...signed,
  /** One a currency, the budget's first: money of two currencies is never added. */
  months: z.array(MonthSum),
  pace: Pace,
  budget: z.string().nullable(),
  budgetCurrency: z.string().nullable(),
  /** Of the budget, to the end of the counted days; and of the month's days, those counted. */
  spentShare: z.number().nullable(),
  daysShare: z.number().nullable(),
  /** How far spending is from an even pace: -0.12 is 12% under. */
  deviation: z.number().nullable(),
});
export type SpendSign = z.infer<typeof SpendSign>;

/** Work that did not succeed: syncs whose last try failed or that wait, messages, and the last week's changes and actions. */
export const WorkSign = z.object({
  ...signed,
  failedSyncs: z.int(),
  waitingSyncs: z.int(),
  failedDeliveries: z.int(),
  failedChanges: z.int(),
  failedActions: z.int(),
});
export type WorkSign = z.infer<typeof WorkSign>;

export const AlertSign = z.object({
  ...signed,
  open: z.int(),
  /** The newest, and where it is mended. */
  title: z.string().nullable(),
  path: z.string().nullable(),
});
export type AlertSign = z.infer<typeof AlertSign>;

/** Null: for those with a permission that the reader lacks. */
export const WallBrand = Brand.extend({
  /** The worst of the signs. */
  need: z.enum(["problem", "attention", "none"]),
  accounts: z.int().nullable(),
  consent: ConsentSign.nullable(),
  data: FreshnessSign.nullable(),
  spend: SpendSign.nullable(),
  work: WorkSign.nullable(),
  alerts: AlertSign.nullable(),
});
export type WallBrand = z.infer<typeof WallBrand>;
