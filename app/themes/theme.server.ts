import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireRead, wholeList } from "#server/core/query";
import type { Domain } from "#server/workspace/domain-contract";
import { domainsResource, themesResource } from "#server/workspace/theme-api";
import { AGENCY_THEME, type Theme } from "#server/workspace/theme-contract";
import { readPage } from "~/page-data.server";
import { warmSheets } from "~/theme-css.server";

/** One theme with its history, and the host names of its brand. */
export async function loadTheme({ params, context }: LoaderFunctionArgs) {
  const id = params.id ?? "";
  const read = await readPage(context, async (ctx) => {
    requireRead(ctx, "themes.read", "anyBrand");
    return ctx.tx(async (tx) => {
      const theme = (await themesResource.get?.run(tx, id)) as Theme;
      const filters = [{ field: "brandId", operator: "eq" as const, values: [id] }];
      const hosts = id === AGENCY_THEME ? null : await domainsResource.list?.run(tx, { ...wholeList(), filters });
      const mayWrite = tx.can("themes.write", id === AGENCY_THEME ? null : id);
      return { theme, domains: (hosts?.items ?? null) as Domain[] | null, mayWrite };
    });
  });
  const look = await context.look.theme(id);
  // Whoever changes a look waits for it to be drawn, so that nobody else does.
  setImmediate(() => warmSheets(look));
  return read;
}
