import type { LoaderFunctionArgs } from "@remix-run/node";
import { getInstance, listExecutions } from "#server/amc";
import { amcInstancesResource } from "#server/amc/api";
import type { AmcInstance } from "#server/amc/contract";
import { listAccounts, listConnections } from "#server/connections";
import type { Account } from "#server/connections/contract";
import type { TxCtx } from "#server/core/context";
import { requireRead, wholeList } from "#server/core/query";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadInstances({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const brand = url.searchParams.get("brand");
  const permanent = brand ? [{ field: "brandId", operator: "eq" as const, value: brand }] : [];
  const params = listParamsOf(url, { sorters: [{ field: "name", order: "asc" }], permanent });
  return { permanent, seed: await readList<AmcInstance>(context, amcInstancesResource, params) };
}

export function loadInstance({ params, context }: LoaderFunctionArgs) {
  return readPage(context, (ctx) =>
    ctx.tx(async (tx) => {
      const instance = await getInstance(tx, String(params.id));
      const filters = [{ field: "instanceId", operator: "eq" as const, values: [instance.id] }];
      return {
        instance,
        runs: (await listExecutions(tx, { ...wholeList(5), filters })).items,
        advertisers: await advertisersOf(tx, instance.brandId),
      };
    }),
  );
}

export function loadNewInstance({ context }: LoaderFunctionArgs) {
  return readPage(context, (ctx) => {
    requireRead(ctx, "instances.write", "anyBrand");
    requireRead(ctx, "connections.read", "anyBrand");
    return ctx.tx(async (tx) => ({
      connections: (await listConnections(tx, wholeList())).items.map(({ id, amazonUserName, region, state }) => ({
        id,
        amazonUserName,
        region,
        state,
      })),
    }));
  });
}

/** Accounts of a brand whose data an instance can hold. */
async function advertisersOf(
  tx: TxCtx,
  brandId: string | null,
): Promise<Pick<Account, "id" | "name" | "kind" | "amazonId" | "entityId">[]> {
  if (!brandId || !tx.can("accounts.read", brandId)) return [];
  const filters = [{ field: "brandId", operator: "eq" as const, values: [brandId] }];
  const { items } = await listAccounts(tx, { ...wholeList(), filters });
  return items.map(({ id, name, kind, amazonId, entityId }) => ({ id, name, kind, amazonId, entityId }));
}
