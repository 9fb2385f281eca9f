import type { LoaderFunctionArgs } from "@remix-run/node";
import { getAccount } from "#server/connections";
import { syncRunsResource, syncStatusResource } from "#server/insights/api";
import type { AccountSync } from "#server/insights/contract";
import type { SyncRun } from "#server/insights/sync-contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadAccount({ request, params, context }: LoaderFunctionArgs) {
  const account = await readPage(context, (ctx) => ctx.tx((tx) => getAccount(tx, params.id ?? "")));
  if (account.kind !== "dsp_advertiser") return { account, sync: null, lastRun: null };
  const { pathname } = new URL(request.url);
  const own = (field: string, value: string | string[]) => ({ field, operator: "in" as const, value });
  const first = { currentPage: 1, pageSize: 1 };
  const status = { ...listParamsOf(pathname, { filters: [own("id", account.id)] }), ...first };
  const over = { filters: [own("accountId", account.id), own("state", ["done", "failed"])] };
  const runs = {
    ...listParamsOf(pathname, over),
    ...first,
    sorters: [{ field: "finishedAt", order: "desc" as const }],
  };
  const [sync, lastRun] = await Promise.all([
    readList<AccountSync>(context, syncStatusResource, status),
    readList<SyncRun>(context, syncRunsResource, runs),
  ]);
  return { account, sync: sync.items[0] ?? null, lastRun: lastRun.items[0] ?? null };
}
