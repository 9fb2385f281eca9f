import type { LoaderFunctionArgs } from "@remix-run/node";
import { wholeList } from "#server/core/query";
import { listSyncStatus } from "#server/insights";
import { syncRunsResource } from "#server/insights/api";
import type { SyncRun } from "#server/insights/sync-contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadSync({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const brand = url.searchParams.get("brand");
  const filters = brand ? [{ field: "brandId", operator: "eq" as const, values: [brand] }] : [];
  const syncs = await readPage(context, (ctx) => ctx.tx((tx) => listSyncStatus(tx, { ...wholeList(), filters })));
  const params = listParamsOf(url, { sorters: [{ field: "createdAt", order: "desc" }] });
  return {
    syncs: syncs.items,
    more: syncs.total - syncs.items.length,
    seed: await readList<SyncRun>(context, syncRunsResource, params),
  };
}
