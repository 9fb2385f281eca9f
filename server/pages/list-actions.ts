// Custom actions as they are shown: never with their secret.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult } from "../core/query";
import type { ActionDefinition, CustomAction, OfferedAction } from "./action-contract";
import { type ActionRow, selectActions } from "./action-store";
import type { CustomPage } from "./contract";

export async function listActions(tx: TxCtx, query: ListQuery): Promise<ListResult<CustomAction>> {
  const text = query.search?.toLowerCase() ?? "";
  const asked = (["id", "resource"] as const).map((field) => ({ field, values: filterValues(query, field) }));
  const items = (await allActions(tx)).filter(
    (action) =>
      asked.every(({ field, values }) => values?.includes(action[field]) ?? true) &&
      `${action.label} ${action.url}`.toLowerCase().includes(text),
  );
  if (query.sort?.order === "desc") items.reverse();
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}

export async function getAction(tx: TxCtx, id: string): Promise<CustomAction> {
  const action = (await allActions(tx)).find((one) => one.id === id);
  if (!action) throw notFound("This action");
  return action;
}

const allActions = async (tx: TxCtx): Promise<CustomAction[]> =>
  (await selectActions(tx)).map((row) => ({ ...toAction(row), formerUntil: formerUntil(tx, row) }));

const formerUntil = (tx: TxCtx, { formerUntil: until }: ActionRow): string | null =>
  until && until > tx.now() ? until.toISOString() : null;

/** Those of a page's actions that the actor may use for some brand, in the page's order. */
export async function offeredActions(
  tx: TxCtx,
  { actions: ids, resource }: Pick<CustomPage, "actions" | "resource">,
): Promise<OfferedAction[]> {
  if (ids.length === 0 || tx.viewingAs || !tx.can("actions.write", "anyBrand")) return [];
  const known = (await selectActions(tx)).map(toAction);
  return ids.flatMap((wanted) => {
    const action = known.find(({ id }) => id === wanted);
    if (action?.resource !== resource || !tx.can(action.permission, "anyBrand")) return [];
    const { id, label, form, confirm, permission } = action;
    return [{ id, label, form, confirm, permission }];
  });
}

export const toAction = ({ id, definition, formerUntil, createdAt, version }: ActionRow): CustomAction => ({
  ...(definition as ActionDefinition),
  id,
  formerUntil: formerUntil?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
  version,
});
