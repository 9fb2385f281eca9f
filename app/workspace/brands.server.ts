import type { LoaderFunctionArgs } from "@remix-run/node";
import { countUnassigned } from "#server/connections";
import { wholeList } from "#server/core/query";
import { brandWallResource } from "#server/dashboards/api";
import type { WallBrand } from "#server/dashboards/contract";
import { listBrands } from "#server/workspace";
import { brandsResource } from "#server/workspace/api";
import type { Brand } from "#server/workspace/contract";
import type { WallChoices } from "~/dashboards/wall-filters";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

/** Wide enough that most agencies see all their brands at once. */
const wallSize = 100;

/** `?view=table` is the wall as a table; archived brands are a list of their own: `?show=archived`. */
export async function loadBrands({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const about = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => ({
      unassigned: tx.can("accounts.write") ? await countUnassigned(tx) : 0,
      choices: choicesOf((await listBrands(tx, { ...wholeList(5000), filters: [archivedIs(false)] })).items),
    })),
  );
  if (url.searchParams.get("show") === "archived") {
    const permanent = [{ field: "archived", operator: "eq" as const, value: "true" }];
    const params = listParamsOf(url, { permanent, sorters: [{ field: "name", order: "asc" }] });
    const seed = await readList<Brand>(context, brandsResource, params);
    return { show: "archived" as const, permanent, seed, ...about };
  }
  const view = url.searchParams.get("view") === "table" ? ("table" as const) : ("wall" as const);
  const sorters = [{ field: "need", order: "desc" as const }];
  const params = listParamsOf(url, { sorters, pageSize: view === "wall" ? wallSize : 50 });
  const seed = await readList<WallBrand>(context, brandWallResource, params);
  return { show: view, seed, ...about };
}

const archivedIs = (archived: boolean) => ({
  field: "archived",
  operator: "eq" as const,
  values: [String(archived)],
});

function choicesOf(brands: readonly Brand[]): WallChoices {
  const owners = new Map(brands.flatMap(({ ownerUserId: id, ownerName: name }) => (id && name ? [[id, name]] : [])));
  return {
    tags: [...new Set(brands.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b)),
    owners: [...owners].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name)),
  };
}
