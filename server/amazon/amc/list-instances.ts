import { z } from "zod";
import { AmazonId, openEnum } from "../json";
import type { Access, Wire } from "../wire";
import { readAll } from "./pages";
import type { AmcOwner, InstanceAccess } from "./request";

/** An AMC instance (contracts 5.1), as far as it says what can be asked of it. */
export const AmcInstance = z.object({
  instanceId: z.string(),
  instanceName: z.string(),
  /** SANDBOX: synthetic data only. Absent in the documentation, always there as recorded. */
  instanceType: openEnum(["STANDARD", "SANDBOX"]).nullish(),
  /** COMPLETED, once SUCCEEDED: it can be used. */
  creationStatus: openEnum(["REQUESTED", "SUBMITTED", "IN_PROGRESS", "COMPLETED", "SUCCEEDED", "FAILED"]).nullish(),
});
export type AmcInstance = z.output<typeof AmcInstance>;

export interface ListAmcInstances extends Access {
  owner: AmcOwner;
}

/** Rejected (403) while the terms of AMC are not accepted. */
export function listAmcInstances(wire: Wire, input: ListAmcInstances): Promise<AmcInstance[]> {
  return readAll(wire, input, {
    operation: "amc.listInstances",
    path: "/amc/instances",
    list: "instances",
    item: AmcInstance,
  });
}

/** An advertiser whose data an instance holds. */
export const AmcAdvertiser = z.object({
  /** Of a DSP advertiser its id; of a sponsored ads one `ENTITY…`. */
  id: AmazonId,
  name: z.string().nullish(),
  type: openEnum(["DISPLAY", "SPONSORED_ADS", "SAS"]),
  /** Null of a DSP advertiser. */
  marketplaceId: z.string().nullish(),
});
export type AmcAdvertiser = z.output<typeof AmcAdvertiser>;

export interface ListAmcAdvertisers extends InstanceAccess {
  /** Left out: of every type. */
  type?: "DISPLAY" | "SPONSORED_ADS" | "SAS";
}

/** The advertisers of an instance. */
export function listAmcAdvertisers(wire: Wire, input: ListAmcAdvertisers): Promise<AmcAdvertiser[]> {
  return readAll(wire, input, {
    operation: "amc.listAdvertisers",
    path: `/amc/instances/${encodeURIComponent(input.instanceId)}/advertisers`,
    ...(input.type ? { query: { type: input.type } } : {}),
    list: "advertisers",
    item: AmcAdvertiser,
  });
}
