import type { LoaderFunctionArgs } from "@remix-run/node";
import { getExecution, getResult, listExecutions } from "#server/amc";
import { amcResultDifferencesResource, amcResultRowsResource } from "#server/amc/api";
import type { AmcExecution } from "#server/amc/execution-contract";
import type { AmcResultDifference, AmcResultRow } from "#server/amc/result-contract";
import type { TxCtx } from "#server/core/context";
import { wholeList } from "#server/core/query";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

const equal = (field: string, value: string) => ({ field, operator: "eq" as const, value });

/** `?with=<run>` sets its answer beside that of another run. */
export async function loadRun({ request, params, context }: LoaderFunctionArgs) {
  const id = String(params.id);
  const url = new URL(request.url);
  const other = url.searchParams.get("with");
  const { run, result, others } = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => {
      const execution = await getExecution(tx, id);
      const over = execution.state === "done";
      return {
        run: execution,
        result: over ? await getResult(tx, id) : null,
        others: over ? await comparable(tx, execution) : [],
      };
    }),
  );
  if (!result) return { run, answer: null };
  const permanent = [equal("executionId", id)];
  const compared = other ? [equal("executionId", id), equal("with", other)] : null;
  return {
    run,
    answer: {
      result,
      others,
      permanent,
      rows: await readList<AmcResultRow>(context, amcResultRowsResource, listParamsOf(url, { permanent })),
      comparison: compared
        ? {
            permanent: compared,
            seed: await readList<AmcResultDifference>(
              context,
              amcResultDifferencesResource,
              listParamsOf("", { permanent: compared }),
            ),
          }
        : null,
    },
  };
}

/** Answers to the same question, the newest first. */
async function comparable(tx: TxCtx, { id, templateId, instanceId }: AmcExecution): Promise<AmcExecution[]> {
  const own = templateId ? { field: "templateId", value: templateId } : { field: "instanceId", value: instanceId };
  const filters = [
    { field: own.field, operator: "eq" as const, values: [own.value] },
    { field: "state", operator: "eq" as const, values: ["done"] },
  ];
  return (await listExecutions(tx, { ...wholeList(50), filters })).items.filter((run) => run.id !== id);
}
