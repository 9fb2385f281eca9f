import type { LoaderFunctionArgs } from "@remix-run/node";
import { getChangeSet } from "#server/insights";
import { changeSetsResource } from "#server/insights/api";
import type { ChangeSet } from "#server/insights/change-contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export const loadChanges = async ({ request, context }: LoaderFunctionArgs) => {
  const params = listParamsOf(new URL(request.url), { sorters: [{ field: "createdAt", order: "desc" }] });
  return { seed: await readList<ChangeSet>(context, changeSetsResource, params) };
};

export const loadChangeSet = async ({ params, context }: LoaderFunctionArgs) => ({
  set: await readPage(context, (ctx) => ctx.tx((tx) => getChangeSet(tx, params.id ?? ""))),
});
