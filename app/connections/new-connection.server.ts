import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { beginOAuth, describeConsentRequest } from "#server/connections";
import { Region } from "#server/connections/contract";
import { requireRead } from "#server/core/query";
import { failureFrom, readPage } from "~/page-data.server";

export function loadNewConnection({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const named = Region.safeParse(searchParams.get("region"));
  return readPage(context, async (ctx) => {
    requireRead(ctx, "connections.write", "anyBrand");
    const request = await ctx.tx((tx) => describeConsentRequest(tx, searchParams.getAll("brand")));
    return {
      region: named.data ?? request.region,
      user: searchParams.get("user"),
      /** Somebody else asked for this consent. */
      asked: searchParams.has("asked"),
      request,
    };
  });
}

/** @throws the redirect to Amazon's consent page */
export async function startConsent({ request, context }: ActionFunctionArgs) {
  const region = (await request.formData()).get("region");
  let authorizeUrl: string;
  try {
    ({ authorizeUrl } = await context.page((ctx) => beginOAuth(ctx, { region: region as Region })));
  } catch (error) {
    const { message, remedy, requestId, status, fields } = failureFrom(error, context);
    const failure = fields.region ? { message: "Choose a region first.", remedy: undefined } : { message, remedy };
    return data({ failure: { ...failure, requestId } }, { status });
  }
  throw redirect(authorizeUrl);
}
