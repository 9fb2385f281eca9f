import type { LoaderFunctionArgs } from "@remix-run/node";
import { resources } from "#server/api/resources";
import { openPage } from "#server/pages";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";
import type { Row } from "./described-columns";
import { crudFiltersOf, sortersOf } from "./page-filters";

/** Whose saved views a page has: its own, whatever its address becomes. */
const viewsOf = (pageId: string) => `page-${pageId}`;

export async function loadPage({ request, context, params }: LoaderFunctionArgs) {
  const { page, actions } = await readPage(context, (ctx) => ctx.tx((tx) => openPage(tx, params.address ?? "")));
  const resource = resources.find(({ name }) => name === page.resource);
  // The page was judged when it was kept: only an update of the product takes a list away.
  if (!resource) throw new Error(`there is no list ${page.resource}`);
  const url = new URL(request.url);
  const brand = resource.list && Object.hasOwn(resource.list.filter, "brandId") ? url.searchParams.get("brand") : null;
  const permanent = [
    ...(brand ? [{ field: "brandId", operator: "eq" as const, value: brand }] : []),
    ...crudFiltersOf(page),
  ];
  const listParams = listParamsOf(url, { permanent, sorters: sortersOf(page) });
  const seed = await readList<Row>(context, resource, listParams, viewsOf(page.id));
  return { page, actions, permanent, viewsOf: viewsOf(page.id), seed };
}
