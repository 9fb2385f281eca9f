// Custom pages: those who make pages see all of them, others those that are meant for them and whose list they may read.
import type { Ctx, Permission, TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { selectMembershipsOf } from "../workspace";
import type { OfferedAction } from "./action-contract";
import type { CustomPage, PageDefinition, PagePlace } from "./contract";
import { offeredActions } from "./list-actions";
import { type PageRow, selectPages } from "./page-store";

export async function listPages(tx: TxCtx, query: ListQuery): Promise<ListResult<CustomPage>> {
  const text = query.search?.toLowerCase() ?? "";
  const asked = (["id", "slug", "resource"] as const).map((field) => ({ field, values: filterValues(query, field) }));
  const items = (await seenPages(tx)).filter(
    (page) =>
      asked.every(({ field, values }) => values?.includes(page[field]) ?? true) &&
      `${page.title} ${page.description} ${page.slug}`.toLowerCase().includes(text),
  );
  const sorted = query.sort ? items.sort(comparing(query.sort)) : items;
  return { items: sorted.slice(query.start, query.start + query.limit), total: items.length };
}

function comparing({ field, order }: NonNullable<ListQuery["sort"]>) {
  const read = (page: CustomPage) => String(page[field as keyof CustomPage]);
  const sign = order === "desc" ? -1 : 1;
  return (a: CustomPage, b: CustomPage) => sign * read(a).localeCompare(read(b));
}

export async function getPage(tx: TxCtx, id: string): Promise<CustomPage> {
  const page = (await seenPages(tx)).find((one) => one.id === id);
  if (!page) throw notFound("This page");
  return page;
}

/** By its address, or by its id, which stays when the address changes; with the actions the actor may use on it. */
export async function openPage(tx: TxCtx, address: string): Promise<{ page: CustomPage; actions: OfferedAction[] }> {
  requireRead(tx, "pages.read", "anyBrand");
  const pages = await seenPages(tx);
  const page = pages.find(({ slug }) => slug === address) ?? pages.find(({ id }) => id === address);
  if (!page) throw notFound("This page");
  return { page, actions: await offeredActions(tx, page) };
}

/** The actor's pages that stand in the navigation. */
export async function listPagePlaces(tx: TxCtx): Promise<PagePlace[]> {
  if (!tx.can("pages.read", "anyBrand")) return [];
  const pages = await seenPages(tx);
  return pages.filter(({ menu }) => menu !== "none").map(({ slug, title, menu }) => ({ slug, title, menu }));
}

async function seenPages(tx: TxCtx): Promise<CustomPage[]> {
  const pages = (await selectPages(tx)).map(toPage);
  if (tx.can("pages.write")) return pages;
  const roles = pages.some(({ seenBy }) => seenBy.roles.length > 0) ? await rolesOf(tx) : new Set<string>();
  return pages.filter((page) => isFor(tx, page, roles));
}

function isFor(tx: TxCtx, { seenBy, resource }: CustomPage, roles: ReadonlySet<string>): boolean {
  const list = tx.services.catalogue.describe(resource);
  if (!list || !tx.can(list.permission as Permission, "anyBrand")) return false;
  if (seenBy.permission && !tx.can(seenBy.permission, "anyBrand")) return false;
  return seenBy.roles.length === 0 || seenBy.roles.some((role) => roles.has(role));
}

/** The roles of whom the actor is, or looks through the eyes of. */
async function rolesOf(tx: TxCtx): Promise<Set<string>> {
  const userId = userOf(tx);
  const held = userId ? await selectMembershipsOf(tx, [userId]) : [];
  return new Set(held.map(({ role, roleId }) => roleId ?? role));
}

function userOf({ actor, viewingAs }: Ctx): string | null {
  if (viewingAs) return viewingAs.id;
  return actor.kind === "user" || actor.kind === "key" ? actor.userId : null;
}

export const toPage = ({ id, definition, createdAt, version }: PageRow): CustomPage => ({
  ...(definition as PageDefinition),
  id,
  createdAt: createdAt.toISOString(),
  version,
});
