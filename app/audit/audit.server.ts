import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { readIntegrity, recentWords } from "#server/audit";
import { auditEventsResource } from "#server/audit/api";
import type { AuditEvent } from "#server/audit/contract";
import { wholeList } from "#server/core/query";
import { listMembers } from "#server/workspace";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf, stringifyQuery } from "~/ui/list-params";

const short = ["targetType", "targetId", "actorId", "action", "brandId", "requestId", "ip", "outcome"];

/** `/audit?targetType=brand&targetId=<id>` is the address other pages link to: the list keeps its filters in its own form. */
function wholeAddress(url: URL): string | null {
  const filters = short.flatMap((field) => {
    const value = url.searchParams.get(field);
    return value ? [{ field, operator: "eq", value }] : [];
  });
  if (filters.length === 0) return null;
  const event = url.searchParams.get("event");
  return `${url.pathname}?${stringifyQuery({ ...(event ? { event } : {}), filters })}`;
}

export async function loadAudit({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const whole = wholeAddress(url);
  if (whole) throw redirect(whole);
  const params = listParamsOf(url, { pageSize: 50, sorters: [{ field: "at", order: "desc" }] });
  const seed = await readList<AuditEvent>(context, auditEventsResource, params);
  const rest = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => {
      const members = tx.can("members.read", "anyBrand") ? (await listMembers(tx, wholeList())).items : [];
      return {
        people: members.map(({ id, name }) => ({ id, name })),
        integrity: tx.can("audit.read") ? await readIntegrity(tx) : null,
        ...(await recentWords(tx)),
      };
    }),
  );
  return { seed, ...rest };
}
