import type { LoaderFunctionArgs } from "@remix-run/node";
import { getConnection, getConsent } from "#server/connections";
import { accountsResource, connectionEventsResource } from "#server/connections/api";
import type { ConnectionEvent } from "#server/connections/consent-contract";
import type { Account } from "#server/connections/contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

const eventsPage = 25;

export async function loadConnection({ request, params, context }: LoaderFunctionArgs) {
  const id = params.id ?? "";
  const url = new URL(request.url);
  const about = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => ({ connection: await getConnection(tx, id), consent: await getConsent(tx, id) })),
  );
  const permanent = [{ field: "connectionId", operator: "eq" as const, value: id }];
  const list = listParamsOf(url, { sorters: [{ field: "name", order: "asc" }], permanent });
  const history = await readList<ConnectionEvent>(context, connectionEventsResource, {
    currentPage: Math.max(1, Math.floor(Number(url.searchParams.get("history")) || 1)),
    pageSize: eventsPage,
    sorters: [{ field: "at", order: "desc" }],
    filters: permanent,
  });
  return { ...about, history, permanent, seed: await readList<Account>(context, accountsResource, list) };
}
