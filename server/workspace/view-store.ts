import { and, asc, eq, ne, or } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses, violates } from "../core/db/list-clauses";
import { AppError, notFound } from "../core/errors";
import type { ListQuery } from "../core/query";
import { savedViews } from "./tables";

export type SavedViewRow = typeof savedViews.$inferSelect;

const ours = (tx: TxCtx) => eq(savedViews.agencyId, tx.agencyId);
const own = (tx: TxCtx, userId: string) => and(ours(tx), eq(savedViews.userId, userId));

export interface Sight {
  userId: string;
  /** Whether what others share is for this person's eyes too. */
  shared: boolean;
}

export async function selectViews(tx: TxCtx, query: ListQuery, { userId, shared }: Sight) {
  const clauses = listClauses(query, {
    fields: { id: savedViews.id, resource: savedViews.resource, name: savedViews.name, shared: savedViews.shared },
    order: [asc(savedViews.name)],
    tie: savedViews.id,
  });
  const seen = or(eq(savedViews.userId, userId), shared ? eq(savedViews.shared, true) : undefined);
  const where = and(ours(tx), seen, clauses.where);
  const rows = await tx.db
    .select()
    .from(savedViews)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(savedViews).where(where);
  return { rows, total: count?.total ?? 0 };
}

/** The query that opens first for a person. */
export async function selectDefaultView(tx: TxCtx, userId: string, resource: string) {
  const [row] = await tx.db
    .select({ id: savedViews.id, query: savedViews.query })
    .from(savedViews)
    .where(and(own(tx, userId), eq(savedViews.resource, resource), eq(savedViews.isDefault, true)));
  return row ?? null;
}

/** @throws {AppError} not_found, also for another's */
export async function findOwnView(tx: TxCtx, userId: string, id: string): Promise<SavedViewRow> {
  const [row] = isUuid(id)
    ? await tx.db
        .select()
        .from(savedViews)
        .where(and(own(tx, userId), eq(savedViews.id, id)))
    : [];
  if (!row) throw notFound("This view");
  return row;
}

type NewView = Pick<SavedViewRow, "userId" | "resource" | "name" | "query" | "shared" | "isDefault">;

export async function insertView(tx: TxCtx, view: NewView): Promise<SavedViewRow> {
  const values = { agencyId: tx.agencyId, ...view, createdAt: tx.now() };
  const [row] = await uniqueName(view.name, tx.db.insert(savedViews).values(values).returning());
  if (!row) throw new Error("the new view was not returned");
  return row;
}

/** Null when it has moved on from the version seen. */
export async function updateView(
  tx: TxCtx,
  seen: Pick<SavedViewRow, "id" | "version" | "userId">,
  change: Partial<Pick<SavedViewRow, "name" | "query" | "shared" | "isDefault">>,
): Promise<SavedViewRow | null> {
  const rows = await uniqueName(
    change.name ?? "",
    tx.db
      .update(savedViews)
      .set({ ...change, version: seen.version + 1 })
      .where(and(own(tx, seen.userId), eq(savedViews.id, seen.id), eq(savedViews.version, seen.version)))
      .returning(),
  );
  return rows[0] ?? null;
}

/** One view of a list opens first: no other does any more. */
export async function clearDefaults(
  tx: TxCtx,
  { userId, resource, id }: Pick<SavedViewRow, "userId" | "resource" | "id">,
) {
  await tx.db
    .update(savedViews)
    .set({ isDefault: false })
    .where(and(own(tx, userId), eq(savedViews.resource, resource), ne(savedViews.id, id)));
}

export const deleteView = (tx: TxCtx, { userId, id }: Pick<SavedViewRow, "userId" | "id">) =>
  tx.db.delete(savedViews).where(and(own(tx, userId), eq(savedViews.id, id)));

async function uniqueName<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!violates(error, "saved_views_name")) throw error;
    throw new AppError("invalid", `You have a view named "${name}" here already.`, {
      fields: { name: "You have a view of this name here already." },
      remedy: "Take another name, or update that view.",
      cause: error,
    });
  }
}
