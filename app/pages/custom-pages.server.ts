import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireRead } from "#server/core/query";
import { customPagesResource } from "#server/pages/api";
import type { CustomPage } from "#server/pages/contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadCustomPages({ request, context }: LoaderFunctionArgs) {
  await readPage(context, async (ctx) => requireRead(ctx, "pages.write"));
  const params = listParamsOf(new URL(request.url), { sorters: [{ field: "title", order: "asc" }] });
  return { seed: await readList<CustomPage>(context, customPagesResource, params) };
}
