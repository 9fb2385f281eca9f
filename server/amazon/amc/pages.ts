import { z } from "zod";
import { UnexpectedShape } from "../errors";
import { readShape } from "../json";
import type { Access, Wire } from "../wire";
import { type AmcOwner, callAmc } from "./request";

interface PagedList<T> {
  operation: string;
  path: string;
  query?: Record<string, string>;
  /** The name of the list in the answer. */
  list: string;
  item: z.ZodType<T>;
  /** Items a page; null where the call takes no such parameter. 100 unless given. */
  limit?: null;
}

const PageEnd = z.object({ nextToken: z.string().nullish() });
const pageSize = "100";

/** All pages of an AMC list. Amazon ends it by a null or absent token, or an empty one. */
export async function readAll<T>(wire: Wire, access: Access & { owner?: AmcOwner }, spec: PagedList<T>): Promise<T[]> {
  const Items = z.object({ [spec.list]: z.array(spec.item) });
  const limit = spec.limit === null ? undefined : pageSize;
  const items: T[] = [];
  for (let nextToken: string | undefined, first = true; first || nextToken; first = false) {
    const asked: string | undefined = nextToken;
    const query = { ...spec.query, limit, nextToken: asked };
    const request = { operation: spec.operation, method: "GET" as const, path: spec.path, query };
    nextToken = await callAmc(wire, { access, request }, ({ body, facts }) => {
      items.push(...(readShape(Items, body, facts)[spec.list] ?? []));
      const next = readShape(PageEnd, body, facts).nextToken || undefined;
      if (next && next === asked) throw new UnexpectedShape(facts, "nextToken", "it repeats");
      return next;
    });
  }
  return items;
}
