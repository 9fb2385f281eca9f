import { and, asc, eq, exists, gt, inArray, isNull, not, or, type SQL, sql } from "drizzle-orm";
import type { Permission, TxCtx } from "../core/context";
import { countAll, isUuid, listClauses, violates } from "../core/db/list-clauses";
import { AppError, notFound } from "../core/errors";
import type { Filter, ListQuery } from "../core/query";
import type { TenantScope } from "../identity";
import { users } from "../identity/tables";
import { brands, memberships } from "./tables";

export type BrandRow = typeof brands.$inferSelect;
/** As the actor may see it, with the owner's name. */
export type SeenBrand = Omit<BrandRow, "agencyId"> & { ownerName: string | null };
export type BrandValues = Partial<
  Pick<BrandRow, "name" | "archivedAt" | "tags" | "ownerUserId" | "monthlyBudget" | "budgetCurrency">
>;
type Sight = Pick<TxCtx, "brandIds">;

const visible = ({ brandIds }: Sight): SQL | undefined =>
  brandIds === "all" ? undefined : inArray(brands.id, [...brandIds]);

/** Whether the actor holds the permission for the row's brand. */
function held(ctx: TxCtx, permission: Permission): SQL {
  const ids = ctx.brandsWith(permission);
  if (ids === "all") return sql`true`;
  return ids.length === 0 ? sql`false` : inArray(brands.id, [...ids]);
}

/** Tags are the agency's own words, and a budget is money: each for those who may see such things of the brand. */
function seenColumns(ctx: TxCtx) {
  const seesMoney = held(ctx, "money.read");
  return {
    id: brands.id,
    name: brands.name,
    createdAt: brands.createdAt,
    archivedAt: brands.archivedAt,
    version: brands.version,
    ownerUserId: brands.ownerUserId,
    ownerName: users.name,
    tags: sql<string[]>`case when ${held(ctx, "accounts.read")} then ${brands.tags} else '{}' end`.mapWith(brands.tags),
    monthlyBudget: sql<bigint | null>`case when ${seesMoney} then ${brands.monthlyBudget} end`.mapWith(
      brands.monthlyBudget,
    ),
    budgetCurrency: sql<string | null>`case when ${seesMoney} then ${brands.budgetCurrency} end`,
  };
}

const selectSeen = (ctx: TxCtx) =>
  ctx.db
    .select(seenColumns(ctx))
    .from(brands)
    .leftJoin(users, and(eq(users.agencyId, brands.agencyId), eq(users.id, brands.ownerUserId)));

export async function selectBrands(ctx: TxCtx, query: ListQuery) {
  const { tags } = seenColumns(ctx);
  const clauses = listClauses(
    { ...query, filters: query.filters.filter(({ field }) => field !== "tags") },
    {
      fields: {
        id: brands.id,
        name: brands.name,
        createdAt: brands.createdAt,
        archived: brands.archivedAt,
        ownerUserId: brands.ownerUserId,
        ownerName: users.name,
        tags,
      },
      search: [brands.name],
      order: [asc(brands.name)],
      tie: brands.id,
    },
  );
  const tagged = query.filters.filter(({ field }) => field === "tags").map((filter) => tagClause(tags, filter));
  const where = and(eq(brands.agencyId, ctx.agencyId), visible(ctx), clauses.where, ...tagged);
  const rows = await selectSeen(ctx)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await ctx.db
    .select({ total: countAll })
    .from(brands)
    .leftJoin(users, and(eq(users.agencyId, brands.agencyId), eq(users.id, brands.ownerUserId)))
    .where(where);
  return { rows, total: count?.total ?? 0 };
}

/** Has any of the tags, whatever their case; `ne`: none of them; `like`: one that holds the text. */
function tagClause(tags: SQL, { operator, values }: Filter): SQL {
  const wanted = values.map((value) => value.toLowerCase());
  const parts = sql.join(
    wanted.map((value) => sql`${value}`),
    sql`, `,
  );
  const any =
    operator === "like"
      ? sql`exists (select from unnest(${tags}) tag, unnest(array[${parts}]::text[]) part where position(part in lower(tag)) > 0)`
      : sql`exists (select from unnest(${tags}) tag where lower(tag) = any(array[${parts}]::text[]))`;
  return operator === "ne" ? not(any) : any;
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
export async function findBrand(ctx: TxCtx, id: string): Promise<SeenBrand> {
  if (!isUuid(id)) throw notFound("This brand");
  const [row] = await selectSeen(ctx).where(and(eq(brands.agencyId, ctx.agencyId), eq(brands.id, id), visible(ctx)));
  if (!row) throw notFound("This brand");
  return row;
}

/** @returns its id */
export async function insertBrand(ctx: TxCtx, values: BrandValues & { name: string }): Promise<string> {
  const rows = await uniqueName(
    values.name,
    ctx.db
      .insert(brands)
      .values({ agencyId: ctx.agencyId, ...values, createdAt: ctx.now() })
      .returning({ id: brands.id }),
  );
  const [row] = rows;
  if (!row) throw new Error("the new brand was not returned");
  return row.id;
}

/** Changes the row only while it still has this version. @returns whether it had */
export async function writeBrand(
  ctx: TxCtx,
  seen: Pick<BrandRow, "id" | "version">,
  change: BrandValues,
): Promise<boolean> {
  const rows = await uniqueName(
    change.name ?? "",
    ctx.db
      .update(brands)
      .set({ ...change, version: seen.version + 1 })
      .where(and(eq(brands.agencyId, ctx.agencyId), eq(brands.id, seen.id), eq(brands.version, seen.version)))
      .returning({ id: brands.id }),
  );
  return rows.length > 0;
}

/** Whether this is somebody of the agency who can sign in and has a role for the brand; without one: for all brands. */
export async function canLookAfter(ctx: TxCtx, userId: string, brandId: string | null): Promise<boolean> {
  const forBrand = brandId
    ? or(isNull(memberships.brandId), eq(memberships.brandId, brandId))
    : isNull(memberships.brandId);
  const role = ctx.db
    .select({ one: sql`1` })
    .from(memberships)
    .where(
      and(
        eq(memberships.agencyId, users.agencyId),
        eq(memberships.userId, users.id),
        forBrand,
        or(isNull(memberships.expiresAt), gt(memberships.expiresAt, ctx.now())),
      ),
    );
  const rows = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.agencyId, ctx.agencyId), eq(users.id, userId), eq(users.state, "active"), exists(role)));
  return rows.length > 0;
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
