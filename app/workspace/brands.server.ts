import type { LoaderFunctionArgs } from "@remix-run/node";
import { countAccounts } from "#server/connections";
import { brandsResource } from "#server/workspace/api";
import type { Brand } from "#server/workspace/contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

/** Archived brands are a list of their own: `?show=archived`. */
export async function loadBrands({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const archived = url.searchParams.get("show") === "archived";
  const permanent = [{ field: "archived", operator: "eq" as const, value: String(archived) }];
  const params = listParamsOf(url, { permanent, sorters: [{ field: "name", order: "asc" }] });
  const seed = await readList<Brand>(context, brandsResource, params);
  const accounts = await readPage(context, (ctx) =>
    ctx.can("accounts.read", "anyBrand") ? ctx.tx(countAccounts) : Promise.resolve(null),
  );
  return { archived, permanent, accounts, seed };
}
