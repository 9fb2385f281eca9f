import type { LoaderFunctionArgs } from "@remix-run/node";
import { getBatch, getResult, listExecutions } from "#server/amc";
import { amcResultRowsResource } from "#server/amc/api";
import type { AmcResult, AmcResultRow } from "#server/amc/result-contract";
import type { TxCtx } from "#server/core/context";
import { wholeList } from "#server/core/query";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadBatch({ request, params, context }: LoaderFunctionArgs) {
  const id = String(params.id);
  const permanent = [{ field: "batchId", operator: "eq" as const, value: id }];
  const { batch, like } = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => ({ batch: await getBatch(tx, id), like: await oneAnswer(tx, id) })),
  );
  return {
    batch,
    permanent,
    /** What its answers look like; null while there is none. */
    like: like && { columns: like.columns, moneyHidden: like.moneyHidden },
    rows: await readList<AmcResultRow>(
      context,
      amcResultRowsResource,
      listParamsOf(new URL(request.url), { permanent }),
    ),
  };
}

async function oneAnswer(tx: TxCtx, batchId: string): Promise<AmcResult | null> {
  const filters = [
    { field: "batchId", operator: "eq" as const, values: [batchId] },
    { field: "state", operator: "eq" as const, values: ["done"] },
  ];
  const [run] = (await listExecutions(tx, { ...wholeList(1), filters })).items;
  return run ? getResult(tx, run.id) : null;
}
