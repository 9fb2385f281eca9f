import type { LoaderFunctionArgs } from "@remix-run/node";
import { getConnection } from "#server/connections";
import { accountsResource } from "#server/connections/api";
import type { Account } from "#server/connections/contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadConnection({ request, params, context }: LoaderFunctionArgs) {
  const id = params.id ?? "";
  const connection = await readPage(context, (ctx) => ctx.tx((tx) => getConnection(tx, id)));
  const permanent = [{ field: "connectionId", operator: "eq" as const, value: id }];
  const list = listParamsOf(new URL(request.url), { sorters: [{ field: "name", order: "asc" }], permanent });
  return { connection, permanent, seed: await readList<Account>(context, accountsResource, list) };
}
