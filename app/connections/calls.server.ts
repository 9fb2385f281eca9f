import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { listAccounts, listConnections } from "#server/connections";
import { amazonCallsResource } from "#server/connections/api";
import { type AmazonCall, mostCallsCounted, mostCallsSearched } from "#server/connections/call-contract";
import { wholeList } from "#server/core/query";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf, stringifyQuery } from "~/ui/list-params";

const short = { connection: "connectionId", account: "accountId" } as const;

/** `/calls?connection=<id>` is the address other pages link to: the list keeps its filters in its own form. */
function wholeAddress(url: URL): string | null {
  const named = Object.entries(short).flatMap(([name, field]) => {
    const value = url.searchParams.get(name);
    return value ? [{ field, operator: "eq", value }] : [];
  });
  if (named.length === 0) return null;
  const brand = url.searchParams.get("brand");
  return `${url.pathname}?${stringifyQuery({ ...(brand ? { brand } : {}), filters: named })}`;
}

export async function loadCalls({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const whole = wholeAddress(url);
  if (whole) throw redirect(whole);
  const brand = url.searchParams.get("brand") ?? undefined;
  const permanent = brand ? [{ field: "brandId", operator: "eq" as const, value: brand }] : [];
  const params = listParamsOf(url, { pageSize: 50, sorters: [{ field: "at", order: "desc" }], permanent });
  const seed = await readList<AmazonCall>(context, amazonCallsResource, params);
  const choices = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => {
      const byName = { ...wholeList(), sort: { field: "name", order: "asc" as const } };
      const byUser = { ...wholeList(), sort: { field: "amazonUserName", order: "asc" as const } };
      const accounts = tx.can("accounts.read", "anyBrand") ? (await listAccounts(tx, byName)).items : [];
      const connections = tx.can("connections.read", "anyBrand") ? (await listConnections(tx, byUser)).items : [];
      return {
        accounts: accounts.map(({ id, name }) => ({ id, name })),
        connections: connections.map(({ id, amazonUserName }) => ({ id, name: amazonUserName })),
      };
    }),
  );
  return { seed, permanent, mostCounted: mostCallsCounted, mostSearched: mostCallsSearched, ...choices };
}
