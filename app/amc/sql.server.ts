import type { LoaderFunctionArgs } from "@remix-run/node";
import { getExecution, getTemplate, listTables, listTemplateVersions } from "#server/amc";
import type { AmcTemplate, AmcTemplateVersion } from "#server/amc/template-contract";
import type { TxCtx } from "#server/core/context";
import { requireRead, wholeList } from "#server/core/query";
import { readPage } from "~/page-data.server";
import { instancesFor } from "./ask.server";

/** Begins with `?template=<id>`, with what `?run=<id>` asked, or with nothing. */
export function loadSql({ request, context }: LoaderFunctionArgs) {
  const query = new URL(request.url).searchParams;
  const [templateId, runId] = [query.get("template"), query.get("run")];
  return readPage(context, (ctx) => {
    requireRead(ctx, "amc.write", "anyBrand");
    return ctx.tx(async (tx) => {
      const template = templateId ? await getTemplate(tx, templateId) : null;
      const run = runId ? await getExecution(tx, runId) : null;
      return {
        template,
        run,
        versions: template ? await versionsOf(tx, template) : [],
        tables: (await listTables(tx, wholeList())).items,
        instances: await instancesFor(tx, query.get("brand"), run),
        today: tx.now().toISOString().slice(0, 10),
      };
    });
  });
}

async function versionsOf(tx: TxCtx, { id, builtIn }: AmcTemplate): Promise<AmcTemplateVersion[]> {
  if (builtIn) return [];
  const filters = [{ field: "templateId", operator: "eq" as const, values: [id] }];
  return (await listTemplateVersions(tx, { ...wholeList(50), filters })).items;
}
