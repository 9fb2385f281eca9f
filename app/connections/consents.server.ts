import type { LoaderFunctionArgs } from "@remix-run/node";
import { summarizeConsents } from "#server/connections";
import { brandConsentsResource, consentsResource } from "#server/connections/api";
import type { BrandConsent, Consent } from "#server/connections/consent-contract";
import { listSchedules } from "#server/insights";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

/** By brand, or by the people who consented; the syncs that hang on it are joined by account. */
export async function loadConsents({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const brand = url.searchParams.get("brand");
  const about = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => ({ summary: await summarizeConsents(tx), schedules: await listSchedules(tx) })),
  );
  if (url.searchParams.get("view") === "grantors") {
    const permanent = brand ? [{ field: "brandId", operator: "eq" as const, value: brand }] : [];
    const params = listParamsOf(url, { permanent });
    return {
      view: "grantors" as const,
      permanent,
      seed: await readList<Consent>(context, consentsResource, params),
      ...about,
    };
  }
  const permanent = brand ? [{ field: "id", operator: "eq" as const, value: brand }] : [];
  const params = listParamsOf(url, { permanent });
  return {
    view: "brands" as const,
    permanent,
    seed: await readList<BrandConsent>(context, brandConsentsResource, params),
    ...about,
  };
}
