import type { LoaderFunctionArgs } from "@remix-run/node";
import { getExecution, getInstance, getTemplate, listInstances, listTemplates } from "#server/amc";
import type { AmcInstance } from "#server/amc/contract";
import type { AmcExecution } from "#server/amc/execution-contract";
import type { TxCtx } from "#server/core/context";
import { wholeList } from "#server/core/query";
import { readPage } from "~/page-data.server";

/** Those of a brand, or all that can be seen. */
export async function instancesOf(tx: TxCtx, brandId: string | null): Promise<AmcInstance[]> {
  const filters = brandId ? [{ field: "brandId", operator: "eq" as const, values: [brandId] }] : [];
  return (await listInstances(tx, { ...wholeList(), filters })).items;
}

/** Those of a brand, and where the run was asked, whatever brand that is. */
export async function instancesFor(tx: TxCtx, brandId: string | null, run: AmcExecution | null) {
  const instances = await instancesOf(tx, brandId);
  if (!run || instances.some(({ id }) => id === run.instanceId)) return instances;
  return [...instances, await getInstance(tx, run.instanceId)];
}

const brandOf = (request: Request): string | null => new URL(request.url).searchParams.get("brand");

export function loadGallery({ request, context }: LoaderFunctionArgs) {
  return readPage(context, (ctx) =>
    ctx.tx(async (tx) => ({
      templates: (await listTemplates(tx, wholeList())).items,
      instances: await instancesOf(tx, brandOf(request)),
    })),
  );
}

/** `?from=<run>` begins with what that run asked. */
export function loadTemplate({ request, params, context }: LoaderFunctionArgs) {
  const from = new URL(request.url).searchParams.get("from");
  return readPage(context, (ctx) =>
    ctx.tx(async (tx) => {
      const run = from ? await getExecution(tx, from) : null;
      return {
        template: await getTemplate(tx, String(params.id)),
        instances: await instancesFor(tx, brandOf(request), run),
        today: tx.now().toISOString().slice(0, 10),
        run,
      };
    }),
  );
}
