import type { LoaderFunctionArgs } from "@remix-run/node";
import { brandsResource } from "#server/workspace/api";
import type { Brand } from "#server/workspace/contract";
import { readList } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

/** Archived brands are a list of their own: `?show=archived`. */
export async function loadBrands({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const archived = url.searchParams.get("show") === "archived";
  const permanent = [{ field: "archived", operator: "eq" as const, value: String(archived) }];
  const params = listParamsOf(url, { permanent, sorters: [{ field: "name", order: "asc" }] });
  return { archived, permanent, seed: await readList<Brand>(context, brandsResource, params) };
}
