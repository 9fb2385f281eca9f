// SQL of themes and their logos.
import { and, asc, desc, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { violates } from "../core/db/list-clauses";
import { AppError } from "../core/errors";
import type { TenantScope } from "../identity";
import { themeImages, themes } from "./theme-tables";

export type ThemeRow = typeof themes.$inferSelect;
type ImageRow = typeof themeImages.$inferSelect;

const keptVersions = 50;

const ofBrand = (scope: Pick<TenantScope, "agencyId">, brandId: string | null): SQL | undefined =>
  and(eq(themes.agencyId, scope.agencyId), brandId === null ? isNull(themes.brandId) : eq(themes.brandId, brandId));

/** Drafts and published versions, the agency's own among them; with `brandIds` those of these brands and the agency's. */
export const selectCurrentThemes = (scope: TenantScope, brandIds: "all" | readonly string[]): Promise<ThemeRow[]> =>
  scope.db
    .select()
    .from(themes)
    .where(
      and(
        eq(themes.agencyId, scope.agencyId),
        ne(themes.state, "former"),
        brandIds === "all"
          ? undefined
          : sql`(${themes.brandId} is null or ${brandIds.length > 0 ? inArray(themes.brandId, [...brandIds]) : sql`false`})`,
      ),
    )
    .orderBy(asc(themes.id));

/** Published versions of one theme, newest first. */
export const selectThemeHistory = (scope: TenantScope, brandId: string | null): Promise<ThemeRow[]> =>
  scope.db
    .select()
    .from(themes)
    .where(and(ofBrand(scope, brandId), ne(themes.state, "draft")))
    .orderBy(desc(themes.number))
    .limit(keptVersions);

/** All rows of one theme; nobody else changes them until the transaction ends. */
export async function lockTheme(tx: TxCtx, brandId: string | null): Promise<ThemeRow[]> {
  const key = `theme:${tx.agencyId}:${brandId ?? ""}`;
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  return tx.db.select().from(themes).where(ofBrand(tx, brandId)).orderBy(desc(themes.number));
}

type NewTheme = Pick<ThemeRow, "brandId" | "state" | "settings" | "changedBy" | "changedAt"> & Partial<ThemeRow>;

/** @throws {AppError} conflict, when somebody was quicker */
export async function insertTheme(tx: TxCtx, row: NewTheme): Promise<ThemeRow> {
  try {
    const [made] = await tx.db
      .insert(themes)
      .values({ agencyId: tx.agencyId, ...row })
      .returning();
    if (!made) throw new Error("the new theme was not returned");
    return made;
  } catch (error) {
    if (!violates(error, "themes_current")) throw error;
    throw new AppError("conflict", "Somebody else changed this theme while you looked at it.", { cause: error });
  }
}

export async function updateTheme(
  tx: TxCtx,
  id: string,
  change: Partial<Omit<ThemeRow, "agencyId" | "id" | "brandId">>,
): Promise<void> {
  await tx.db
    .update(themes)
    .set({ ...change, version: sql`${themes.version} + 1` })
    .where(and(eq(themes.agencyId, tx.agencyId), eq(themes.id, id)));
}

export async function deleteDraft(tx: TxCtx, id: string): Promise<void> {
  await tx.db.delete(themes).where(and(eq(themes.agencyId, tx.agencyId), eq(themes.id, id), eq(themes.state, "draft")));
}

/** The published version of the brand, else of the agency; null: neither has one. */
export async function findThemeInForce(scope: TenantScope, brandId: string | null): Promise<ThemeRow | null> {
  const rows = await scope.db
    .select()
    .from(themes)
    .where(
      and(
        eq(themes.agencyId, scope.agencyId),
        eq(themes.state, "published"),
        brandId === null ? isNull(themes.brandId) : sql`(${themes.brandId} = ${brandId} or ${themes.brandId} is null)`,
      ),
    );
  return rows.find((row) => row.brandId !== null) ?? rows[0] ?? null;
}

/** A version that is or was published. */
export async function findPublishedTheme(scope: TenantScope, id: string): Promise<ThemeRow | null> {
  const [row] = await scope.db
    .select()
    .from(themes)
    .where(and(eq(themes.agencyId, scope.agencyId), eq(themes.id, id), ne(themes.state, "draft")));
  return row ?? null;
}

export async function insertImage(tx: TxCtx, image: Omit<ImageRow, "agencyId">): Promise<void> {
  await tx.db
    .insert(themeImages)
    .values({ agencyId: tx.agencyId, ...image })
    .onConflictDoNothing();
}

export async function findImage(scope: TenantScope, id: string): Promise<ImageRow | null> {
  const [row] = await scope.db
    .select()
    .from(themeImages)
    .where(and(eq(themeImages.agencyId, scope.agencyId), eq(themeImages.id, id)));
  return row ?? null;
}

/** Which of these are no images of the agency. */
export async function missingImages(tx: TxCtx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.db
    .select({ id: themeImages.id })
    .from(themeImages)
    .where(and(eq(themeImages.agencyId, tx.agencyId), inArray(themeImages.id, [...ids])));
  return ids.filter((id) => !rows.some((row) => row.id === id));
}
