import type { LoaderFunctionArgs } from "@remix-run/node";
import { getExecution, getSchedule, listTemplates } from "#server/amc";
import { amcSchedulesResource, amcSlotsResource } from "#server/amc/question-api";
import type { AmcSchedule, AmcSlot } from "#server/amc/schedule-contract";
import { requireRead, wholeList } from "#server/core/query";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";
import { instancesFor, instancesOf } from "./ask.server";

export async function loadSchedules({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const brand = url.searchParams.get("brand");
  const permanent = brand ? [{ field: "brandId", operator: "eq" as const, value: brand }] : [];
  const params = listParamsOf(url, { sorters: [{ field: "name", order: "asc" }], permanent });
  return { permanent, seed: await readList<AmcSchedule>(context, amcSchedulesResource, params) };
}

/** What a schedule can be of; `?from=<run>` begins with what that run asked. */
export function loadNewSchedule({ request, context }: LoaderFunctionArgs) {
  const query = new URL(request.url).searchParams;
  const from = query.get("from");
  return readPage(context, (ctx) => {
    requireRead(ctx, "amc.write", "anyBrand");
    return ctx.tx(async (tx) => {
      const run = from ? await getExecution(tx, from) : null;
      return {
        templates: (await listTemplates(tx, wholeList())).items,
        instances: await instancesFor(tx, query.get("brand"), run),
        run,
      };
    });
  });
}

export async function loadSchedule({ request, params, context }: LoaderFunctionArgs) {
  const id = String(params.id);
  const permanent = [{ field: "scheduleId", operator: "eq" as const, value: id }];
  const read = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => ({
      schedule: await getSchedule(tx, id),
      templates: (await listTemplates(tx, wholeList())).items,
      instances: await instancesOf(tx, null),
    })),
  );
  const slots = await readList<AmcSlot>(context, amcSlotsResource, listParamsOf(new URL(request.url), { permanent }));
  return { ...read, permanent, slots };
}
