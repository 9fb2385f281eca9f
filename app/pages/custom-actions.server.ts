import type { LoaderFunctionArgs } from "@remix-run/node";
import type { CustomAction } from "#server/pages/action-contract";
import { customActionsResource } from "#server/pages/api";
import { readList } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadCustomActions({ request, context }: LoaderFunctionArgs) {
  const params = listParamsOf(new URL(request.url), { sorters: [{ field: "label", order: "asc" }] });
  return { seed: await readList<CustomAction>(context, customActionsResource, params) };
}
