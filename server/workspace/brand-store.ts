import { and, asc, eq, inArray, isNull, type SQL } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses, violates } from "../core/db/list-clauses";
import { AppError, notFound } from "../core/errors";
import type { ListQuery } from "../core/query";
import type { TenantScope } from "../identity";
import { brands } from "./tables";

export type BrandRow = typeof brands.$inferSelect;
type Sight = Pick<TxCtx, "brandIds">;

const visible = ({ brandIds }: Sight): SQL | undefined =>
  brandIds === "all" ? undefined : inArray(brands.id, [...brandIds]);

export async function selectBrands(ctx: TxCtx, query: ListQuery) {
  const clauses = listClauses(query, {
    fields: { id: brands.id, name: brands.name, createdAt: brands.createdAt, archived: brands.archivedAt },
    search: [brands.name],
    order: [asc(brands.name)],
    tie: brands.id,
  });
  const where = and(eq(brands.agencyId, ctx.agencyId), visible(ctx), clauses.where);
  const rows = await ctx.db
    .select()
    .from(brands)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await ctx.db.select({ total: countAll }).from(brands).where(where);
  return { rows, total: count?.total ?? 0 };
}

/** Names of brands that are not archived, by name. */
export async function selectBrandNames(scope: TenantScope & Sight): Promise<{ id: string; name: string }[]> {
  return scope.db
    .select({ id: brands.id, name: brands.name })
    .from(brands)
    .where(and(eq(brands.agencyId, scope.agencyId), isNull(brands.archivedAt), visible(scope)))
    .orderBy(asc(brands.name));
}

/** @throws {AppError} not_found, also for a brand the actor may not see */
export async function findBrand(ctx: TxCtx, id: string): Promise<BrandRow> {
  if (!isUuid(id)) throw notFound("This brand");
  const [row] = await ctx.db
    .select()
    .from(brands)
    .where(and(eq(brands.agencyId, ctx.agencyId), eq(brands.id, id), visible(ctx)));
  if (!row) throw notFound("This brand");
  return row;
}

export async function insertBrand(ctx: TxCtx, name: string): Promise<BrandRow> {
  const rows = await uniqueName(
    name,
    ctx.db.insert(brands).values({ agencyId: ctx.agencyId, name, createdAt: ctx.now() }).returning(),
  );
  const [row] = rows;
  if (!row) throw new Error("the new brand was not returned");
  return row;
}

/** Changes the row only while it still has this version; null when it has moved on. */
export async function updateBrand(
  ctx: TxCtx,
  seen: Pick<BrandRow, "id" | "version">,
  change: Partial<Pick<BrandRow, "name" | "archivedAt">>,
): Promise<BrandRow | null> {
  const rows = await uniqueName(
    change.name ?? "",
    ctx.db
      .update(brands)
      .set({ ...change, version: seen.version + 1 })
      .where(and(eq(brands.agencyId, ctx.agencyId), eq(brands.id, seen.id), eq(brands.version, seen.version)))
      .returning(),
  );
  return rows[0] ?? null;
}

/** Which of these ids are no brands of the agency. */
export async function missingBrands(ctx: TxCtx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await ctx.db
    .select({ id: brands.id })
    .from(brands)
    .where(and(eq(brands.agencyId, ctx.agencyId), inArray(brands.id, [...ids])));
  const known = new Set(found.map((row) => row.id));
  return ids.filter((id) => !known.has(id));
}

async function uniqueName<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!violates(error, "brands_name")) throw error;
    throw new AppError("invalid", `A brand named "${name}" exists already, perhaps archived.`, {
      fields: { name: "A brand of this name exists already, perhaps archived." },
      remedy: "Take another name, or restore the archived brand.",
      cause: error,
    });
  }
}
