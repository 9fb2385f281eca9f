import { z } from "zod";
import { AmazonId } from "../json";
import type { Access, Wire } from "../wire";
import { readAll } from "./pages";

/** An AMC account (contracts 5.1). */
export const AmcAccount = z.object({
  /** `ENTITY…`; not the DSP entity's id. */
  accountId: AmazonId,
  accountName: z.string().nullish(),
  marketplaceId: z.string(),
});
export type AmcAccount = z.output<typeof AmcAccount>;

/** The AMC accounts the consenting user may use; every regional host knows them all. */
export function listAmcAccounts(wire: Wire, input: Access): Promise<AmcAccount[]> {
  return readAll(wire, input, {
    operation: "amc.listAccounts",
    path: "/amc/accounts",
    list: "amcAccounts",
    item: AmcAccount,
  });
}
