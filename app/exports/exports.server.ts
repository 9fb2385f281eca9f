import type { LoaderFunctionArgs } from "@remix-run/node";
import { resources } from "#server/api/resources";
import type { Export } from "#server/exports/contract";
import { readList } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadExports({ request, context }: LoaderFunctionArgs) {
  const resource = resources.find(({ name }) => name === "exports");
  if (!resource) throw new Error("exports are a resource");
  const params = listParamsOf(new URL(request.url), { sorters: [{ field: "createdAt", order: "desc" }] });
  return { seed: await readList<Export>(context, resource, params) };
}
