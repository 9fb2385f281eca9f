import type { Ctx } from "../../core/context";
import { AppError } from "../../core/errors";
import { wholeList } from "../../core/query";
import type { Resource } from "../../core/resource";
import { parseListQuery } from "../simple-rest";
import { mostRecords } from "./contract";

export type Item = Record<string, unknown> & { id: string };

/** What a record is called. */
export const labelOfItem = (item: Item): string => String(item.name ?? item.amazonUserName ?? item.email ?? item.id);

/** Those of these ids that exist and may be seen, by id. */
export async function findByIds(ctx: Ctx, { list }: Resource, ids: readonly string[]): Promise<Map<string, Item>> {
  if (!list || !Object.hasOwn(list.filter, "id") || ids.length === 0) return new Map();
  const filters = [{ field: "id", operator: "eq" as const, values: [...ids] }];
  const { items } = await ctx.tx((tx) => list.run(tx, { ...wholeList(ids.length), filters }));
  return new Map((items as Item[]).map((item) => [item.id, item]));
}

/** @throws {AppError} conflict when there are not as many as the person saw */
export async function findMatching(
  ctx: Ctx,
  { list }: Resource,
  { query, count }: { query: string; count: number },
): Promise<Map<string, Item>> {
  if (!list) return new Map();
  const params = new URLSearchParams(query);
  for (const name of ["_start", "_end"]) params.delete(name);
  const asked = { ...parseListQuery(params, list), start: 0, limit: mostRecords };
  const { items, total } = await ctx.tx((tx) => list.run(tx, asked));
  if (total > mostRecords) {
    throw new AppError("invalid", `${total} records match; at most ${mostRecords} can be done at once.`, {
      fields: { matching: `At most ${mostRecords} records at once.` },
      remedy: "Narrow the list with a filter, and do it in parts.",
    });
  }
  if (total !== count) {
    throw new AppError("conflict", `${total} records match now, not ${count} as when you looked.`, {
      remedy: "Look at the list again, then confirm with the new number.",
    });
  }
  return new Map((items as Item[]).map((item) => [item.id, item]));
}
