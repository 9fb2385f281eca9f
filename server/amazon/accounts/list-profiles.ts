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

/** The profiles of one region that the consenting user may at least view; not paged by Amazon. */
export function listProfiles(wire: Wire, { region, accessToken, signal }: Access): Promise<Profile[]> {
  return wire.http.call(
    {
      region,
      operation: "accounts.listProfiles",
      method: "GET",
      url: apiUrl(wire, region, "/v2/profiles"),
      headers: classicHeaders(wire, accessToken, null),
      signal,
    },
    ({ body, facts }) => readShape(z.array(Profile), body, facts),
  );
}
