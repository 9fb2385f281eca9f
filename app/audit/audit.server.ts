import type { LoaderFunctionArgs } from "@remix-run/node";
import { auditEventsResource } from "#server/audit/api";
import type { AuditEvent } from "#server/audit/contract";
import { wholeList } from "#server/core/query";
import { listMembers } from "#server/workspace";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadAudit({ request, context }: LoaderFunctionArgs) {
  const params = listParamsOf(new URL(request.url), {
    pageSize: 50,
    sorters: [{ field: "at", order: "desc" }],
  });
  const seed = await readList<AuditEvent>(context, auditEventsResource, params);
  const people = await readPage(context, async (ctx) => {
    const { items } = await ctx.tx((tx) => listMembers(tx, wholeList()));
    return items.map(({ id, name }) => ({ id, name }));
  });
  return { seed, people };
}
