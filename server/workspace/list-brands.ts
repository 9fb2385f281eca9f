// Reading brands.
import type { TxCtx } from "../core/context";
import type { ListQuery, ListResult } from "../core/query";
import { findBrand, type SeenBrand, selectBrands } from "./brand-store";
import type { Brand } from "./contract";

/** By name; archived brands too unless filtered by `archived`. */
export async function listBrands(ctx: TxCtx, query: ListQuery): Promise<ListResult<Brand>> {
  const { rows, total } = await selectBrands(ctx, query);
  return { total, items: rows.map(toBrand) };
}

export const getBrand = async (ctx: TxCtx, id: string): Promise<Brand> => toBrand(await findBrand(ctx, id));

const toBrand = ({ createdAt, archivedAt, monthlyBudget, ...row }: SeenBrand): Brand => ({
  ...row,
  createdAt: createdAt.toISOString(),
  archivedAt: archivedAt?.toISOString() ?? null,
  monthlyBudget: monthlyBudget?.toString() ?? null,
});
