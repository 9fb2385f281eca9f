import type { LoaderFunctionArgs } from "@remix-run/node";
import { getExecution, getResult, listComparable } from "#server/amc";
import { amcResultDifferencesResource, amcResultRowsResource } from "#server/amc/api";
import type { ResolvedWindow } from "#server/amc/contract";
import type { AmcExecution } from "#server/amc/execution-contract";
import type { AmcResultDifference, AmcResultRow } from "#server/amc/result-contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";
import { nameOfRun } from "./run-name";

const equal = (field: string, value: string) => ({ field, operator: "eq" as const, value });

/** `?with=<run>` sets its answer beside that of another run. */
export async function loadRun({ request, params, context }: LoaderFunctionArgs) {
  const id = String(params.id);
  const url = new URL(request.url);
  const other = url.searchParams.get("with");
  const { run, result, others, otherCurrency } = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => {
      const execution = await getExecution(tx, id);
      const over = execution.state === "done";
      return {
        run: execution,
        result: over ? await getResult(tx, id) : null,
        others: over ? (await listComparable(tx, execution)).map(asOther) : [],
        otherCurrency: over && other ? (await getResult(tx, other)).currency : null,
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
            currency: otherCurrency,
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

export interface OtherRun {
  id: string;
  name: string;
  instanceName: string;
  window: Pick<ResolvedWindow, "from" | "to">;
  createdAt: string;
}

const asOther = ({ id, instanceName, window, createdAt, ...run }: AmcExecution): OtherRun => ({
  id,
  name: nameOfRun(run),
  instanceName,
  window,
  createdAt,
});
