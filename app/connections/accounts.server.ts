import type { LoaderFunctionArgs } from "@remix-run/node";
import { accountsResource } from "#server/connections/api";
import type { Account } from "#server/connections/contract";
import { readList } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadAccounts({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const brand = url.searchParams.get("brand");
  const permanent = brand ? [{ field: "brandId", operator: "eq" as const, value: brand }] : [];
  const params = listParamsOf(url, { sorters: [{ field: "name", order: "asc" }], permanent });
  return { brand, permanent, seed: await readList<Account>(context, accountsResource, params) };
}
