// What the browser may know of AMC instances, and of the windows of time that are asked about. Moments are ISO 8601 in UTC, days those of the
// named zone.
import { z } from "zod";
import { Region } from "../connections/contract";

/** `requested` and `creating`: at Amazon, not usable yet. `unreachable`: no connection that can be used sees it. */
export const instanceStates = ["requested", "creating", "ready", "failed", "unreachable"] as const;
export type InstanceState = (typeof instanceStates)[number];

export const instanceStateWords: Record<InstanceState, string> = {
  requested: "Being asked for",
  creating: "Being made by Amazon",
  ready: "Ready",
  failed: "Failed",
  unreachable: "Out of reach",
};

export const advertiserTypes = ["DISPLAY", "SPONSORED_ADS", "SAS"] as const;

/** An advertiser whose data an instance holds. */
export const InstanceAdvertiser = z.object({
  /** Of DISPLAY the DSP advertiser's id; of the others `ENTITY…`. */
  id: z.string(),
  name: z.string(),
  /** One of `advertiserTypes`; Amazon may add more. */
  type: z.string(),
  marketplaceId: z.string().nullable(),
});
export type InstanceAdvertiser = z.infer<typeof InstanceAdvertiser>;

export const AmcInstance = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Amazon's id, `amc…`; null until Amazon has answered. */
  amazonId: z.string().nullable(),
  /** STANDARD, or SANDBOX: synthetic data only. */
  type: z.string(),
  region: Region,
  /** Of the AMC account, `ENTITY…`. */
  accountId: z.string(),
  accountName: z.string(),
  marketplaceId: z.string(),
  brandId: z.uuid().nullable(),
  brandName: z.string().nullable(),
  state: z.enum(instanceStates),
  /** Why it is as it is, and what a person can do. */
  note: z.string().nullable(),
  /** Days of windows and schedules are those of this zone, if nothing else is said. */
  timeZone: z.string(),
  advertisers: z.array(InstanceAdvertiser),
  /** An update of the advertisers that Amazon has not finished; null: none. */
  updating: z.string().nullable(),
  /** Names of the tables that can be asked; empty until they were looked at. */
  tables: z.array(z.string()),
  /** Executions at Amazon now, of this agency; Amazon runs ten at once. */
  running: z.int(),
  /** Executions that wait for a place. */
  waiting: z.int(),
  checkedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  version: z.int(),
});
export type AmcInstance = z.infer<typeof AmcInstance>;

/** What Amazon runs at once (contracts 5.3). */
export const amcLimits = { perInstance: 10, perAccount: 200 } as const;
/** Runs of an AMC account, of all its instances and brands. */
export interface AccountLoad {
  accountId: string;
  running: number;
  waiting: number;
}
/** Data of an hour is whole after this long: windows end before it. */
export const dataLagHours = 48;

const InstanceName = z
  .string({ error: "Give the instance a name." })
  .trim()
  .regex(/^[A-Za-z0-9 ]{3,50}$/, "Use 3 to 50 letters, digits and spaces.");

const AdvertiserRef = z.strictObject({
  id: z.string().min(1).max(60),
  type: z.enum(advertiserTypes),
  marketplaceId: z.string().max(40).nullable().default(null),
});
export type AdvertiserRef = z.infer<typeof AdvertiserRef>;

export const InstanceCreate = z.strictObject({
  name: InstanceName,
  connectionId: z.uuid(),
  region: Region,
  /** The AMC account, `ENTITY…`, and its marketplace, from `POST amc-instances/accounts`. */
  accountId: z.string().min(1).max(60),
  marketplaceId: z.string().min(1).max(40),
  brandId: z.uuid().nullable(),
  advertisers: z.array(AdvertiserRef).max(500).default([]),
});
export const InstanceChange = z.strictObject({
  id: z.uuid(),
  /** The version seen. */
  version: z.int(),
  brandId: z.uuid().nullable().optional(),
  timeZone: z
    .string()
    .refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC", "There is no such zone.")
    .optional(),
});
export const InstanceId = z.strictObject({ id: z.uuid() });
export const AttachAdvertisers = z.strictObject({
  id: z.uuid(),
  add: z.array(AdvertiserRef).max(500).default([]),
  remove: z.array(AdvertiserRef).max(500).default([]),
});

const Day = z.iso.date({ error: "Write a day as 2026-11-20." });

/** What a window is asked as. Relative ones are resolved when the run starts, in the zone of the instance, and end 48 hours ago at the latest. */
export const AmcWindow = z.discriminatedUnion("kind", [
  /** Both days included. */
  z.strictObject({ kind: z.literal("days"), from: Day, to: Day }),
  /** The latest complete days. */
  z.strictObject({ kind: z.literal("last"), days: z.int().min(1).max(390) }),
  /** The calendar month, or week from Monday, so many before the latest complete one: 0 is that one. */
  z.strictObject({ kind: z.literal("month"), back: z.int().min(0).max(55) }),
  z.strictObject({ kind: z.literal("week"), back: z.int().min(0).max(55) }),
]);
export type AmcWindow = z.infer<typeof AmcWindow>;

/** A window as it was resolved; kept with the run. */
export const ResolvedWindow = z.object({
  /** First and last day, both included, in `timeZone`. */
  from: Day,
  to: Day,
  timeZone: z.string(),
});
export type ResolvedWindow = z.infer<typeof ResolvedWindow>;

/** How the agency guards its runs. */
export const AmcPolicy = z.object({
  id: z.string(),
  /** An identical run this young answers instead of a new one; in hours, 0: never. */
  freshHours: z.int(),
  /** Other runs of the last 24 hours over the same instance, tables and overlapping days, at most. */
  mostOverlapping: z.int(),
  /** What happens above that. */
  whenOver: z.enum(["warn", "refuse"]),
});
export type AmcPolicy = z.infer<typeof AmcPolicy>;

/** An agency has one policy; this is its id in the address. */
export const policyId = "me";
export const policyBounds = { freshHours: { min: 0, max: 8_760 }, mostOverlapping: { min: 1, max: 1_000 } } as const;
export const PolicyChange = z.strictObject({
  id: z.string(),
  freshHours: z.int().min(policyBounds.freshHours.min).max(policyBounds.freshHours.max).optional(),
  mostOverlapping: z.int().min(policyBounds.mostOverlapping.min).max(policyBounds.mostOverlapping.max).optional(),
  whenOver: z.enum(["warn", "refuse"]).optional(),
});
