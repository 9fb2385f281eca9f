import { z } from "zod";
import { AmazonId, readShape } from "../json";
import { type Access, apiUrl, classicHeaders, type Wire } from "../wire";

/** A DSP advertiser of a DSP entity (contracts 3.1). */
export const DspAdvertiser = z.object({
  advertiserId: AmazonId,
  name: z.string(),
  currency: z.string(),
  /** IANA zone. */
  timezone: z.string(),
  country: z.string().nullish(),
  url: z.string().nullish(),
});
export type DspAdvertiser = z.output<typeof DspAdvertiser>;

const Page = z.object({ totalResults: z.int().nonnegative(), response: z.array(DspAdvertiser) });

export interface ListAdvertisers extends Access {
  /** Profile of the DSP entity. */
  profileId: string;
  /** Only these; else all. */
  advertiserIds?: string[] | undefined;
}

const pageSize = 100;
const lastStart = 29_900;

function readPage(wire: Wire, input: ListAdvertisers, startIndex: number): Promise<z.output<typeof Page>> {
  const { region, accessToken, profileId, advertiserIds, signal } = input;
  const range = { startIndex: String(startIndex), count: String(pageSize) };
  const query = { ...range, advertiserIdFilter: advertiserIds?.join(",") };
  return wire.http.call(
    {
      region,
      operation: "accounts.listAdvertisers",
      method: "GET",
      url: apiUrl(wire, region, "/dsp/advertisers", query),
      headers: classicHeaders(wire, accessToken, { profileId }),
      signal,
    },
    ({ body, facts }) => readShape(Page, body, facts),
  );
}

/** All advertisers of an entity, as far as Amazon pages (30,000). An advertiser that moved between pages comes once. */
export async function listAdvertisers(wire: Wire, input: ListAdvertisers): Promise<DspAdvertiser[]> {
  const found = new Map<string, DspAdvertiser>();
  for (let start = 0; start <= lastStart; ) {
    const { totalResults, response } = await readPage(wire, input, start);
    for (const advertiser of response) found.set(advertiser.advertiserId, advertiser);
    start += response.length;
    if (response.length === 0 || start >= totalResults) return [...found.values()];
  }
  wire.log.warn({ profileId: input.profileId }, "the entity has more advertisers than Amazon lists");
  return [...found.values()];
}
