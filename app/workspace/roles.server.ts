import type { LoaderFunctionArgs } from "@remix-run/node";
import { rolesResource } from "#server/workspace/api";
import type { RoleItem } from "#server/workspace/role-contract";
import { readList } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadRoles({ request, context }: LoaderFunctionArgs) {
  return { seed: await readList<RoleItem>(context, rolesResource, listParamsOf(new URL(request.url))) };
}
