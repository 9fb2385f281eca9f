// Views of lists: one's own, and those that others share with the agency's staff.
import { command, forbidden } from "../core/command";
import type { Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import { type SavedView, SavedViewCreate, SavedViewMove, SavedViewUpdate } from "./view-contract";
import {
  clearDefaults,
  deleteView,
  findOwnView,
  insertView,
  type SavedViewRow,
  selectDefaultView,
  selectViews,
  updateView,
} from "./view-store";

const userOf = ({ actor }: Ctx): string | null => (actor.kind === "user" || actor.kind === "key" ? actor.userId : null);

function requireUser(ctx: Ctx): string {
  const userId = userOf(ctx);
  if (!userId) throw new AppError("forbidden", "Views belong to people.");
  return userId;
}

/** A client's people see no shared views: the names may speak of other clients. */
const seesShared = (ctx: Ctx) => ctx.can("views.read", "anyBrand");

export async function listSavedViews(tx: TxCtx, query: ListQuery): Promise<ListResult<SavedView>> {
  const userId = requireUser(tx);
  const { rows, total } = await selectViews(tx, query, { userId, shared: seesShared(tx) });
  return { total, items: rows.map((row) => toView(row, userId)) };
}

/** What a bare list opens with for the actor; null: with everything. */
export function defaultViewOf(ctx: Ctx, resource: string): Promise<{ id: string; query: string } | null> {
  const userId = userOf(ctx);
  return userId ? ctx.tx((tx) => selectDefaultView(tx, userId, resource)) : Promise.resolve(null);
}

export const saveView = command({
  name: "saved-view.create",
  permission: "profile.write",
  input: SavedViewCreate,
  run: async (tx, input) => {
    const userId = requireUser(tx);
    if (input.shared) requireSharing(tx);
    const row = await insertView(tx, { ...input, userId });
    if (row.isDefault) await clearDefaults(tx, row);
    await tx.changed("saved-views");
    const { name, resource, query, shared } = row;
    return {
      result: toView(row, userId),
      audit: { action: "saved-view.created", ...about(row), after: { name, resource, query, shared } },
    };
  },
});

/** @throws {AppError} conflict, when it was changed since the version given */
export const changeView = command({
  name: "saved-view.update",
  permission: "profile.write",
  input: SavedViewUpdate,
  run: async (tx, { id, version, ...change }) => {
    const userId = requireUser(tx);
    const before = await findOwnView(tx, userId, id);
    if (change.shared) requireSharing(tx);
    const row = await updateView(tx, { id, version, userId }, change);
    if (!row) {
      throw new AppError("conflict", "This view was changed meanwhile, perhaps in another window.", {
        remedy: "Load the page again, then make your change.",
      });
    }
    if (row.isDefault) await clearDefaults(tx, row);
    await tx.changed("saved-views");
    const fields = Object.keys(change) as (keyof typeof change)[];
    const only = (from: SavedViewRow) => Object.fromEntries(fields.map((field) => [field, from[field]]));
    return {
      result: toView(row, userId),
      audit: { action: "saved-view.changed", ...about(row), before: only(before), after: only(row) },
    };
  },
});

export const removeView = command({
  name: "saved-view.delete",
  permission: "profile.write",
  input: SavedViewMove,
  run: async (tx, { id }) => {
    const row = await findOwnView(tx, requireUser(tx), id);
    await deleteView(tx, row);
    await tx.changed("saved-views");
    const { name, resource, query } = row;
    return {
      result: { id },
      audit: { action: "saved-view.deleted", ...about(row), before: { name, resource, query } },
    };
  },
});

function requireSharing(tx: TxCtx): void {
  if (!tx.can("views.write", "anyBrand")) throw forbidden("views.write");
}

const about = ({ id, name }: SavedViewRow) => ({ target: { type: "saved-view", id, label: name } });

const toView = ({ agencyId: _, userId, createdAt, ...view }: SavedViewRow, viewer: string): SavedView => ({
  ...view,
  own: userId === viewer,
  createdAt: createdAt.toISOString(),
});
