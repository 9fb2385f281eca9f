// Making instances and attaching advertisers (contracts 5.1).
import { z } from "zod";
import { AmazonId, openEnum } from "../json";
import type { Access, Wire } from "../wire";
import { AmcInstance } from "./list-instances";
import { type AmcOwner, callAmc, type InstanceAccess, readOne } from "./request";

export interface CreateInstance extends Access {
  owner: AmcOwner;
  /** 3 to 50 digits, letters, spaces. */
  instanceName: string;
  advertiserName?: string;
  /** The same for every repetition: Amazon answers with the same instance for ten minutes. */
  idempotencyToken: string;
}

export interface AdvertiserReference {
  id: string;
  type: "DISPLAY" | "SPONSORED_ADS" | "SAS";
  /** Of a DSP advertiser null. */
  marketplaceId: string | null;
}

export interface UpdateAdvertisers extends InstanceAccess {
  /** At most ten of each; refused while another update is open. */
  add: readonly AdvertiserReference[];
  remove: readonly AdvertiserReference[];
}

const AdvertiserUpdate = z.object({
  updateId: AmazonId,
  /** COMPLETE was recorded for COMPLETED. */
  status: openEnum(["PENDING", "UPDATING", "COMPLETED", "COMPLETE", "REJECTED"]),
});
export type AdvertiserUpdate = z.output<typeof AdvertiserUpdate>;

export const createInstance = (wire: Wire, input: CreateInstance): Promise<AmcInstance> => {
  const { instanceName, advertiserName, idempotencyToken } = input;
  const body = { instanceName, advertiserName, idempotencyToken };
  const request = { operation: "amc.createInstance", method: "POST" as const, path: "/amc/instances", body };
  return callAmc(wire, { access: input, request }, (reply) => readOne(AmcInstance, "instance", reply));
};

export const getInstance = (wire: Wire, input: InstanceAccess): Promise<AmcInstance> => {
  const request = { operation: "amc.getInstance", method: "GET" as const, path: instancePath(input) };
  return callAmc(wire, { access: input, request }, (reply) => readOne(AmcInstance, "instance", reply));
};

export const updateAdvertisers = (wire: Wire, input: UpdateAdvertisers): Promise<AdvertiserUpdate> => {
  const body = { advertisersToAdd: input.add, advertisersToRemove: input.remove };
  const path = `${instancePath(input)}/advertisers/updates`;
  const request = { operation: "amc.updateAdvertisers", method: "POST" as const, path, body };
  return callAmc(wire, { access: input, request }, (reply) => readOne(AdvertiserUpdate, "advertiserUpdate", reply));
};

export const getAdvertiserUpdate = (
  wire: Wire,
  input: InstanceAccess & { updateId: string },
): Promise<AdvertiserUpdate> => {
  const path = `${instancePath(input)}/advertisers/updates/${encodeURIComponent(input.updateId)}`;
  const request = { operation: "amc.getAdvertiserUpdate", method: "GET" as const, path };
  return callAmc(wire, { access: input, request }, (reply) => readOne(AdvertiserUpdate, "advertiserUpdate", reply));
};

const instancePath = ({ instanceId }: InstanceAccess): string => `/amc/instances/${encodeURIComponent(instanceId)}`;
