import type { LoaderFunctionArgs } from "@remix-run/node";
import { connectionsResource } from "#server/connections/api";
import type { Connection } from "#server/connections/contract";
import { readList } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadConnections({ request, context }: LoaderFunctionArgs) {
  const params = listParamsOf(new URL(request.url), { sorters: [{ field: "amazonUserName", order: "asc" }] });
  return { seed: await readList<Connection>(context, connectionsResource, params) };
}
