import type { LoaderFunctionArgs } from "@remix-run/node";
import { type ListQuery, requireRead, wholeList } from "#server/core/query";
import { askableAccounts, customReportTypes, getReport } from "#server/reports";
import { customReportRowsResource, customReportsResource } from "#server/reports/api";
import type { CustomReport, CustomReportRow } from "#server/reports/contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadReports({ request, context }: LoaderFunctionArgs) {
  const params = listParamsOf(new URL(request.url), { sorters: [{ field: "createdAt", order: "desc" }] });
  return { seed: await readList<CustomReport>(context, customReportsResource, params) };
}

/** What a new report can ask; `?from=<id>` begins with another's question. */
export function loadNewReport({ request, context }: LoaderFunctionArgs) {
  const from = new URL(request.url).searchParams.get("from");
  return readPage(context, async (ctx) => {
    requireRead(ctx, "reports.write", "anyBrand");
    return ctx.tx(async (tx) => ({
      types: [...customReportTypes()],
      accounts: await askableAccounts(tx),
      now: tx.now().toISOString(),
      from: from ? await getReport(tx, from) : null,
    }));
  });
}

const reportQuery = (id: string): ListQuery => ({
  ...wholeList(1),
  filters: [{ field: "reportId", operator: "eq", values: [id] }],
});

export async function loadReport({ request, params, context }: LoaderFunctionArgs) {
  const id = String(params.id);
  const report = await readPage(context, (ctx) => ctx.tx((tx) => getReport(tx, id)));
  const permanent = [{ field: "reportId", operator: "eq" as const, value: id }];
  const list = listParamsOf(new URL(request.url), { sorters: [], permanent });
  const told = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => customReportRowsResource.list?.columns?.(tx, reportQuery(id))),
  );
  return {
    report,
    permanent,
    seed: await readList<CustomReportRow>(context, customReportRowsResource, list),
    /** What the values of each column are; hidden ones have none. */
    kinds: Object.fromEntries(
      (told?.columns ?? []).map(({ key, kind, whole }) => [key, { kind, whole: whole === true }]),
    ),
  };
}
