import { z } from "zod";
import { UnexpectedShape } from "../errors";
import { readShape } from "../json";
import { type Access, apiUrl, classicHeaders, type Wire } from "../wire";

/** An AMC account as its calls name it: both go into the headers of administration and reporting (contracts 5). */
export interface AmcOwner {
  /** AMC account id, `ENTITY…`. */
  accountId: string;
  marketplaceId: string;
}

export const ownerHeaders = ({ accountId, marketplaceId }: AmcOwner): Record<string, string> => ({
  "amazon-advertising-api-advertiserid": accountId,
  "amazon-advertising-api-marketplaceid": marketplaceId,
});

interface PagedList<T> {
  operation: string;
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** The name of the list in the answer. */
  list: string;
  item: z.ZodType<T>;
}

const PageEnd = z.object({ nextToken: z.string().nullish() });
const pageSize = "100";

/** All pages of an AMC list. Amazon ends it by a null or absent token, or an empty one. */
export async function readAll<T>(wire: Wire, access: Access, spec: PagedList<T>): Promise<T[]> {
  const { region, accessToken, signal } = access;
  const Items = z.object({ [spec.list]: z.array(spec.item) });
  const items: T[] = [];
  for (let nextToken: string | undefined, first = true; first || nextToken; first = false) {
    const asked: string | undefined = nextToken;
    nextToken = await wire.http.call(
      {
        region,
        operation: spec.operation,
        method: "GET",
        url: apiUrl(wire, region, spec.path, { ...spec.query, limit: pageSize, nextToken: asked }),
        headers: { ...classicHeaders(wire, accessToken, null), accept: "application/json", ...spec.headers },
        signal,
      },
      ({ body, facts }) => {
        items.push(...(readShape(Items, body, facts)[spec.list] ?? []));
        const next = readShape(PageEnd, body, facts).nextToken || undefined;
        if (next && next === asked) throw new UnexpectedShape(facts, "nextToken", "it repeats");
        return next;
      },
    );
  }
  return items;
}
