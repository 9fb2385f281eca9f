// What the browser and other slices may know of connections and accounts.
import { z } from "zod";

export const Region = z.enum(["NA", "EU", "FE"]);
export type Region = z.infer<typeof Region>;

export const regionNames: Record<Region, string> = {
  NA: "North America",
  EU: "Europe",
  FE: "Far East",
};

/** healthy | expiring | degraded (transient, retried) | needs_reconsent | disconnected (by a person). */
export const ConnectionState = z.enum(["healthy", "expiring", "degraded", "needs_reconsent", "disconnected"]);
export type ConnectionState = z.infer<typeof ConnectionState>;

export const Capability = z.object({ ok: z.boolean(), reason: z.string().optional(), remedy: z.string().optional() });
export type Capability = z.infer<typeof Capability>;

/** What may be done with an account; where `ok` is false, `reason` says why. */
export const Capabilities = z.object({ campaigns: Capability, reports: Capability, write: Capability });
export type Capabilities = z.infer<typeof Capabilities>;

const RegionDiscovery = z.object({
  state: z.enum(["waiting", "done", "failed"]),
  profiles: z.number().int(),
  entities: z.number().int(),
  advertisers: z.number().int(),
  reason: z.string().optional(),
});

/** What was found in each region. */
export const DiscoverySummary = z.record(Region, RegionDiscovery);
export type DiscoverySummary = z.infer<typeof DiscoverySummary>;

export const AccountKind = z.enum(["profile", "dsp_entity", "dsp_advertiser"]);
export type AccountKind = z.infer<typeof AccountKind>;
