import type { LoaderFunctionArgs } from "@remix-run/node";
import { apiKeysResource } from "#server/workspace/api";
import type { ApiKey } from "#server/workspace/key-contract";
import { readList } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadApiKeys({ request, context }: LoaderFunctionArgs) {
  const params = listParamsOf(new URL(request.url), { sorters: [{ field: "createdAt", order: "desc" }] });
  return { seed: await readList<ApiKey>(context, apiKeysResource, params) };
}
