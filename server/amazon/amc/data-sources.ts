import { z } from "zod";
import { openEnum } from "../json";
import type { Wire } from "../wire";
import { readAll } from "./pages";
import { type InstanceAccess, reportingPath } from "./request";

/** A table that an instance can be asked for (contracts 5.5); Amazon tells neither data types nor thresholds. */
const AmcDataSource = z.object({
  dataSourceId: z.string(),
  description: z.string().nullish(),
  /** CUSTOMER: uploaded by the advertiser. */
  owner: openEnum(["AMAZON", "CUSTOMER"]).nullish(),
});
export type AmcDataSource = z.output<typeof AmcDataSource>;

export const listDataSources = (wire: Wire, input: InstanceAccess): Promise<AmcDataSource[]> =>
  readAll(wire, input, {
    operation: "amc.listDataSources",
    path: reportingPath(input.instanceId, "dataSources"),
    list: "dataSources",
    item: AmcDataSource,
  });
