import { z } from "zod";
import { UnexpectedShape } from "../errors";
import { type OpenEnum, readShape } from "../json";
import { type Access, adsApiHeaders, apiUrl, type Wire } from "../wire";
import { Ad, AdGroup, Campaign } from "./entities";

export type EntityState = OpenEnum<"ENABLED" | "PAUSED" | "ARCHIVED">;

interface EntityQuery extends Access {
  /** DSP advertiser id. */
  advertiserId: string;
}

export interface QueryCampaigns extends EntityQuery {
  campaignIds?: string[];
  states?: EntityState[];
}

export interface QueryAdGroups extends EntityQuery {
  adGroupIds?: string[];
  campaignIds?: string[];
  states?: EntityState[];
}

export interface QueryAds extends EntityQuery {
  adIds?: string[];
}

interface Resource<T> {
  name: "campaigns" | "adGroups" | "ads";
  operation: string;
  item: z.ZodType<T>;
}

interface Filter {
  name: string;
  values?: string[];
  /** Most values of one request. */
  max: number;
}

const PageEnd = z.object({ nextToken: z.string().nullish() });
const pageSize = 100;
const adProduct = { adProductFilter: { include: ["AMAZON_DSP"] } };

/** The request bodies that together ask for every combination of the filters; a filter without values asks for all. */
function bodiesFor(filters: Filter[]): object[] {
  return filters.reduce<object[]>(
    (bodies, { name, values, max }) => {
      if (!values) return bodies;
      const starts = Array.from({ length: Math.ceil(values.length / max) }, (_, index) => index * max);
      return bodies.flatMap((body) =>
        starts.map((start) => ({ ...body, [name]: { include: values.slice(start, start + max) } })),
      );
    },
    [adProduct],
  );
}

async function* queryPages<T>(
  wire: Wire,
  resource: Resource<T>,
  { input, filters }: { input: EntityQuery; filters: Filter[] },
): AsyncGenerator<T[]> {
  const { name, operation, item } = resource;
  const { region, accessToken, advertiserId, signal } = input;
  const Items = z.object({ [name]: z.array(item) });
  for (const filter of bodiesFor(filters)) {
    let nextToken: string | undefined;
    do {
      const asked: string | undefined = nextToken;
      const page = await wire.http.call(
        {
          region,
          operation,
          method: "POST",
          url: apiUrl(wire, region, `/adsApi/v1/query/${name}`),
          headers: adsApiHeaders(wire, accessToken, advertiserId),
          body: JSON.stringify({ ...filter, maxResults: pageSize, nextToken: asked }),
          signal,
        },
        ({ body, facts }) => {
          const items = readShape(Items, body, facts)[name] ?? [];
          const next = readShape(PageEnd, body, facts).nextToken || undefined;
          if (next && next === asked) throw new UnexpectedShape(facts, "nextToken", "it repeats");
          return { items, next };
        },
      );
      if (page.items.length > 0) yield page.items;
      nextToken = page.next;
    } while (nextToken);
  }
}

/** Pages of campaigns. Filters combine with AND; id lists of any length are split to what one request takes. */
export function queryCampaigns(wire: Wire, input: QueryCampaigns): AsyncIterable<Campaign[]> {
  const filters = [
    { name: "campaignIdFilter", values: input.campaignIds, max: 1000 },
    { name: "stateFilter", values: input.states, max: 3 },
  ];
  return queryPages(wire, { name: "campaigns", operation: "dsp.queryCampaigns", item: Campaign }, { input, filters });
}

/** Pages of ad groups. */
export function queryAdGroups(wire: Wire, input: QueryAdGroups): AsyncIterable<AdGroup[]> {
  const filters = [
    { name: "adGroupIdFilter", values: input.adGroupIds, max: 1000 },
    { name: "campaignIdFilter", values: input.campaignIds, max: 100 },
    { name: "stateFilter", values: input.states, max: 3 },
  ];
  return queryPages(wire, { name: "adGroups", operation: "dsp.queryAdGroups", item: AdGroup }, { input, filters });
}

/** Pages of ads. */
export function queryAds(wire: Wire, input: QueryAds): AsyncIterable<Ad[]> {
  // The most ids of an adIdFilter is not documented: a page's worth is the most that can be answered at once.
  const filters = [{ name: "adIdFilter", values: input.adIds, max: pageSize }];
  return queryPages(wire, { name: "ads", operation: "dsp.queryAds", item: Ad }, { input, filters });
}
