import { z } from "zod";
import { AmazonId, openEnum, readShape } from "../json";
import { type Access, apiUrl, classicHeaders, type Wire } from "../wire";

/** A profile of `GET /v2/profiles` (contracts 2.2). A DSP entity is one of type `agency`. */
export const Profile = z.object({
  profileId: AmazonId,
  /** Amazon's country code: UK, not GB. */
  countryCode: z.string(),
  currencyCode: z.string(),
  /** IANA zone. */
  timezone: z.string(),
  accountInfo: z.object({
    /** Seller id, or `ENTITY…`. */
    id: AmazonId,
    type: openEnum(["vendor", "seller", "agency"]),
    subType: openEnum(["KDP_AUTHOR", "AMAZON_ATTRIBUTION"]).nullish(),
    name: z.string().nullish(),
    marketplaceStringId: z.string().nullish(),
    validPaymentMethod: z.boolean().nullish(),
  }),
});
export type Profile = z.output<typeof Profile>;

export interface ListProfiles extends Access {
  /** Only those the user may edit; else also those they may only view. */
  accessLevel?: "edit";
  /** Only those the user may use for this; else for campaigns. */
  apiProgram?: "report";
}

/** The profiles of one region that the consenting user has the right to; not paged by Amazon. */
export function listProfiles(wire: Wire, input: ListProfiles): Promise<Profile[]> {
  const { region, accessToken, accessLevel, apiProgram, signal } = input;
  return wire.http.call(
    {
      region,
      operation: "accounts.listProfiles",
      method: "GET",
      url: apiUrl(wire, region, "/v2/profiles", { accessLevel, apiProgram }),
      headers: classicHeaders(wire, accessToken, null),
      signal,
    },
    ({ body, facts }) => readShape(z.array(Profile), body, facts),
  );
}
