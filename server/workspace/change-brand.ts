// Creating, renaming, archiving and restoring brands.
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { type BrandRow, findBrand, insertBrand, updateBrand } from "./brand-store";
import { BrandCreate, BrandMove, BrandUpdate } from "./contract";
import { toBrand } from "./list-brands";

export const createBrand = command({
  name: "brand.create",
  permission: "brands.write",
  input: BrandCreate,
  run: async (ctx, { name }) => {
    const row = await insertBrand(ctx, name);
    await ctx.changed("brands", [row.id]);
    return { result: toBrand(row), audit: { action: "brand.created", ...about(row), after: { name } } };
  },
});

/** @throws {AppError} conflict, when somebody changed the brand since the version given */
export const updateBrandName = command({
  name: "brand.update",
  permission: "brands.write",
  input: BrandUpdate,
  brandOf: ({ id }) => id,
  run: async (ctx, { id, name, version }) => {
    const before = await findBrand(ctx, id);
    const row = await change(ctx, { id, version }, { name });
    return {
      result: toBrand(row),
      audit: { action: "brand.renamed", ...about(row), before: { name: before.name }, after: { name } },
    };
  },
});

/** Takes the brand out of menus and lists; nothing is deleted. */
export const archiveBrand = command({
  name: "brand.archive",
  permission: "brands.write",
  input: BrandMove,
  brandOf: ({ id }) => id,
  run: async (ctx, { id }) => {
    const seen = await findBrand(ctx, id);
    if (seen.archivedAt) return { result: toBrand(seen), audit: null };
    const row = await change(ctx, seen, { archivedAt: ctx.now() });
    return { result: toBrand(row), audit: { action: "brand.archived", ...about(row) } };
  },
});

export const restoreBrand = command({
  name: "brand.restore",
  permission: "brands.write",
  input: BrandMove,
  brandOf: ({ id }) => id,
  run: async (ctx, { id }) => {
    const seen = await findBrand(ctx, id);
    if (!seen.archivedAt) return { result: toBrand(seen), audit: null };
    const row = await change(ctx, seen, { archivedAt: null });
    return { result: toBrand(row), audit: { action: "brand.restored", ...about(row) } };
  },
});

async function change(
  ctx: TxCtx,
  seen: Pick<BrandRow, "id" | "version">,
  fields: Partial<Pick<BrandRow, "name" | "archivedAt">>,
): Promise<BrandRow> {
  const row = await updateBrand(ctx, seen, fields);
  if (!row) {
    throw new AppError("conflict", "Somebody else changed this brand while you looked at it.", {
      remedy: "Open it again to see the change, then make yours.",
    });
  }
  await ctx.changed("brands", [row.id]);
  return row;
}

const about = (row: BrandRow) => ({ target: { type: "brand", id: row.id, label: row.name }, brandId: row.id });
