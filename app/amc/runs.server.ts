import type { LoaderFunctionArgs } from "@remix-run/node";
import { listAccountLoad, listBatches } from "#server/amc";
import { amcExecutionsResource } from "#server/amc/api";
import type { AmcExecution } from "#server/amc/execution-contract";
import { wholeList } from "#server/core/query";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";
import { instancesOf } from "./ask.server";

/** `?batch=<id>` narrows to one batch. */
export async function loadRuns({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const [brandId, batchId] = [url.searchParams.get("brand"), url.searchParams.get("batch")];
  const permanent = Object.entries({ brandId, batchId }).flatMap(([field, value]) =>
    value ? [{ field, operator: "eq" as const, value }] : [],
  );
  const { instances, accounts, batches } = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => ({
      instances: await instancesOf(tx, brandId),
      accounts: await listAccountLoad(tx),
      batches: (await listBatches(tx, wholeList(20))).items,
    })),
  );
  const params = listParamsOf(url, { sorters: [{ field: "createdAt", order: "desc" }], permanent });
  return {
    permanent,
    instances,
    accounts,
    batches: batches.filter(({ id, finishedAt }) => (batchId ? id === batchId : finishedAt === null)),
    batchId,
    seed: await readList<AmcExecution>(context, amcExecutionsResource, params),
  };
}
