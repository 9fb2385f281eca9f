// Reading themes: of the agency itself, and of the brands one may see them for.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import { findAgency } from "./agency-store";
import { findBrand, selectBrandNames } from "./brand-store";
import { AGENCY_THEME, defaultSettings, type Theme, type ThemeVersion } from "./theme-contract";
import { selectCurrentThemes, selectThemeHistory, type ThemeRow } from "./theme-store";

export const brandIdOf = (themeId: string): string | null => (themeId === AGENCY_THEME ? null : themeId);

/** Whose theme it is. @throws {AppError} not_found, also for a brand the actor may not see */
export async function ownerOf(tx: TxCtx, themeId: string): Promise<{ brandId: string | null; name: string }> {
  const brandId = brandIdOf(themeId);
  if (brandId !== null) return { brandId, name: (await findBrand(tx, brandId)).name };
  return { brandId: null, name: (await findAgency(tx))?.name ?? "" };
}

/** The agency's own first, then brands by name. */
export async function listThemes(tx: TxCtx, query: ListQuery): Promise<ListResult<Theme>> {
  const brandIds = tx.brandsWith("themes.read");
  const [brands, rows, agency] = [
    await selectBrandNames({ ...tx, brandIds }),
    await selectCurrentThemes(tx, brandIds),
    await findAgency(tx),
  ];
  const owners = [...(tx.can("themes.read") ? [{ id: AGENCY_THEME, name: agency?.name ?? "" }] : []), ...brands];
  const wanted = owners.filter(({ name }) => name.toLowerCase().includes((query.search ?? "").toLowerCase()));
  const items = wanted.slice(query.start, query.start + query.limit).map((owner) => toTheme(owner, rows));
  return { items, total: wanted.length };
}

/** With its history. @throws {AppError} not_found */
export async function getTheme(tx: TxCtx, id: string): Promise<Theme> {
  const { brandId, name } = await ownerOf(tx, id);
  if (!tx.can("themes.read", brandId)) throw notFound("This theme");
  const rows = await selectCurrentThemes(tx, brandId === null ? [] : [brandId]);
  const history = await selectThemeHistory(tx, brandId);
  return { ...toTheme({ id, name }, rows), history: history.map(toVersion) };
}

function toTheme({ id, name }: { id: string; name: string }, rows: readonly ThemeRow[]): Theme {
  const own = rows.filter((row) => row.brandId === brandIdOf(id));
  const published = own.find(({ state }) => state === "published");
  const draft = own.find(({ state }) => state === "draft");
  const agency = rows.find((row) => row.brandId === null && row.state === "published");
  return {
    id,
    name,
    published: published ? toVersion(published) : null,
    draft: draft
      ? {
          settings: draft.settings,
          changedAt: draft.changedAt.toISOString(),
          by: draft.changedBy,
          version: draft.version,
        }
      : null,
    inForce: (published ?? agency)?.settings ?? defaultSettings,
    from: published ? "own" : agency ? "agency" : "product",
  };
}

const toVersion = (row: ThemeRow): ThemeVersion => ({
  number: row.number,
  settings: row.settings,
  publishedAt: (row.publishedAt ?? row.changedAt).toISOString(),
  by: row.changedBy,
  current: row.state === "published",
});
