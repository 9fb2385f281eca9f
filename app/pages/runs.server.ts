import type { LoaderFunctionArgs } from "@remix-run/node";
import { wholeList } from "#server/core/query";
import { listActions } from "#server/pages";
import { actionRunsResource } from "#server/pages/api";
import type { ActionRun } from "#server/pages/run-contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadRuns({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const brand = url.searchParams.get("brand");
  const permanent = brand ? [{ field: "brandId", operator: "eq" as const, value: brand }] : [];
  const params = listParamsOf(url, { pageSize: 50, sorters: [{ field: "createdAt", order: "desc" }], permanent });
  const seed = await readList<ActionRun>(context, actionRunsResource, params);
  const actions = await readPage(context, (ctx) => ctx.tx((tx) => listActions(tx, wholeList())));
  return { seed, permanent, actions: actions.items.map(({ id, label }) => ({ value: id, label })) };
}
