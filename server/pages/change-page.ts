// Making and changing custom pages. A page is judged against the resource it shows before it is kept.
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { allRoles } from "../workspace";
import { selectActions } from "./action-store";
import { PageCreate, type PageDefinition, PageMove, PageUpdate, problemsOfPage } from "./contract";
import { toAction } from "./list-actions";
import { toPage } from "./list-pages";
import { deletePage, insertPage, lockPage, type PageRow, selectPages, updatePage } from "./page-store";
import { requireSound, stale } from "./require-sound";

const mostPages = 200;

export const createPage = command({
  name: "custom-page.create",
  permission: "pages.write",
  input: PageCreate,
  run: async (tx, definition) => {
    if ((await selectPages(tx)).length >= mostPages) {
      throw new AppError("limit", `An agency has at most ${mostPages} pages.`, { remedy: "Delete one first." });
    }
    await check(tx, definition);
    const row = await insertPage(tx, definition);
    await tx.changed("custom-pages", [row.id]);
    return { result: toPage(row), audit: { action: "custom-page.created", ...about(row), after: definition } };
  },
});

export const changePage = command({
  name: "custom-page.update",
  permission: "pages.write",
  input: PageUpdate,
  run: async (tx, { id, version, ...change }) => {
    const before = await lock(tx, id);
    const definition = { ...(before.definition as PageDefinition), ...change } as PageDefinition;
    await check(tx, definition);
    const after = await updatePage(tx, { id, version }, definition);
    if (!after) throw stale("page", toPage(before));
    await tx.changed("custom-pages", [id]);
    return {
      result: toPage(after),
      audit: {
        action: "custom-page.changed",
        ...about(after),
        before: before.definition as object,
        after: after.definition as object,
      },
    };
  },
});

export const removePage = command({
  name: "custom-page.remove",
  permission: "pages.write",
  input: PageMove,
  run: async (tx, { id }) => {
    const before = await lock(tx, id);
    await deletePage(tx, id);
    await tx.changed("custom-pages", [id]);
    return {
      result: { id },
      audit: { action: "custom-page.removed", ...about(before), before: before.definition as object },
    };
  },
});

async function lock(tx: TxCtx, id: string): Promise<PageRow> {
  const row = await lockPage(tx, id);
  if (!row) throw notFound("This page");
  return row;
}

/** @throws {AppError} invalid, naming each part that does not fit, and what would */
async function check(tx: TxCtx, definition: PageDefinition): Promise<void> {
  const { catalogue } = tx.services;
  requireSound(
    "page",
    problemsOfPage(definition, {
      list: catalogue.describe(definition.resource),
      lists: catalogue.names(),
      actions: (await selectActions(tx)).map(toAction),
      roles: (await allRoles(tx)).map(({ id }) => id),
    }),
  );
}

const about = ({ id, title }: PageRow) => ({ target: { type: "custom-page", id, label: title } });
