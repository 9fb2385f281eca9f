import type { LoaderFunctionArgs } from "@remix-run/node";
import { themesResource } from "#server/workspace/theme-api";
import type { Theme } from "#server/workspace/theme-contract";
import { readList } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export const loadThemes = ({ request, context }: LoaderFunctionArgs) =>
  readList<Theme>(context, themesResource, listParamsOf(new URL(request.url), { sorters: [] }));
