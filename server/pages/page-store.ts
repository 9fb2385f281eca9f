import { and, asc, eq } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { violates } from "../core/db/list-clauses";
import { AppError } from "../core/errors";
import type { PageDefinition } from "./contract";
import { customPages } from "./tables";

export type PageRow = typeof customPages.$inferSelect;

/** All of the agency, by title. */
export const selectPages = (tx: TxCtx): Promise<PageRow[]> =>
  tx.db
    .select()
    .from(customPages)
    .where(eq(customPages.agencyId, tx.agencyId))
    .orderBy(asc(customPages.title), asc(customPages.id));

const byId = (tx: TxCtx, id: string) => and(eq(customPages.agencyId, tx.agencyId), eq(customPages.id, id));

export async function lockPage(tx: TxCtx, id: string): Promise<PageRow | null> {
  const [row] = await tx.db.select().from(customPages).where(byId(tx, id)).for("update");
  return row ?? null;
}

export async function insertPage(tx: TxCtx, definition: PageDefinition): Promise<PageRow> {
  const { slug, title } = definition;
  const values = { agencyId: tx.agencyId, slug, title, definition, createdAt: tx.now() };
  const [row] = await uniqueSlug(slug, tx.db.insert(customPages).values(values).returning());
  if (!row) throw new Error("the new page was not returned");
  return row;
}

/** Null where it is no longer the version seen. */
export async function updatePage(
  tx: TxCtx,
  { id, version }: Pick<PageRow, "id" | "version">,
  definition: PageDefinition,
): Promise<PageRow | null> {
  const { slug, title } = definition;
  const [row] = await uniqueSlug(
    slug,
    tx.db
      .update(customPages)
      .set({ slug, title, definition, version: version + 1 })
      .where(and(byId(tx, id), eq(customPages.version, version)))
      .returning(),
  );
  return row ?? null;
}

export async function deletePage(tx: TxCtx, id: string): Promise<void> {
  await tx.db.delete(customPages).where(byId(tx, id));
}

async function uniqueSlug<T>(slug: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!violates(error, "custom_pages_slug")) throw error;
    const message = `Another page has the address /pages/${slug}.`;
    throw new AppError("invalid", message, { fields: { slug: `${message} Take another.` }, cause: error });
  }
}
